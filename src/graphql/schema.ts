import 'reflect-metadata';
import { isInputObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { AccessActionsQuery } from './access/actions';
import { AccessCheckQueries } from './access/check';
import {
  AccessActionDifferenceFields,
  AccessActionFields,
  AccessDecisionFields,
  AccessEndFields,
  AccessFindingFields,
  AccessResourceFields,
  AccessSubjectFields,
} from './access/fields';
import { ACCESS_CHANGE_INPUT } from './access/change-input';
import { AccessChangesQuery } from './access/changes';
import { AccessPreviewQuery } from './access/preview';
import { AccessResourcesQuery } from './access/resources';
import { AccessReviewQuery } from './access/review';
import { AccessSubjectsQuery } from './access/subjects';
import { AgentFields } from './agent/fields';
import { AgentRegistration } from './agent/register';
import { AgentSession } from './agent/session';
import { AgentKeyFields } from './agent-key/fields';
import { ApiTokenFields } from './api-token/fields';
import { AuditQueries } from './audit/queries';
import { ClusterFields, ClusterGrantFields, ClusterMaintainerFields } from './cluster/fields';
import { MemberFields } from './member/fields';
import { CommandMutations } from './mutation/command-mutations';
import { NodeQueries } from './node/queries';
import { OrganizationFields } from './organization/fields';
import { OrganizationQueries } from './organization/queries';
import { PipelineFields, PipelineGrantFields } from './pipeline/fields';
import { QueueFields, QueueGrantFields, QueuePauseFields } from './queue/fields';
import { TeamFields, TeamMemberFields } from './team/fields';
import { validateInput } from './validation/validate-input';

/**
 * Builds the schema. type-graphql keeps what decorators say in one store for the whole process, so
 * call it once.
 */
export function createSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      AccessActionDifferenceFields,
      AccessActionFields,
      AccessActionsQuery,
      AccessCheckQueries,
      AccessDecisionFields,
      AccessEndFields,
      AccessFindingFields,
      AccessChangesQuery,
      AccessPreviewQuery,
      AccessResourceFields,
      AccessResourcesQuery,
      AccessReviewQuery,
      AccessSubjectFields,
      AccessSubjectsQuery,
      AgentFields,
      AgentKeyFields,
      AgentRegistration,
      AgentSession,
      ApiTokenFields,
      AuditQueries,
      ClusterFields,
      ClusterGrantFields,
      ClusterMaintainerFields,
      CommandMutations,
      MemberFields,
      NodeQueries,
      OrganizationFields,
      OrganizationQueries,
      PipelineFields,
      PipelineGrantFields,
      QueueFields,
      QueueGrantFields,
      QueuePauseFields,
      TeamFields,
      TeamMemberFields,
    ],
    disableInferringDefaultValues: true,
    validateFn: validateInput,
  });
  // type-graphql has no decorator for what follows.
  const change = schema.getType(ACCESS_CHANGE_INPUT);
  if (isInputObjectType(change)) change.isOneOf = true;
  describe(schema.getQueryType(), 'What can be asked. What one may not see looks absent.');
  describe(schema.getMutationType(), 'What can be done. Each is decided by the access rules.');
  return schema;
}

function describe(type: GraphQLObjectType | null | undefined, description: string): void {
  if (type) type.description = description;
}
