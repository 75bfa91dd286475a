import 'reflect-metadata';
import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { AccessActionsQuery } from './access/actions';
import { AccessCheckQueries } from './access/check';
import {
  AccessActionFields,
  AccessDecisionFields,
  AccessResourceFields,
  AccessSubjectFields,
} from './access/fields';
import { AccessResourcesQuery } from './access/resources';
import { AccessSubjectsQuery } from './access/subjects';
import { AgentFields } from './agent/fields';
import { AgentRegistration } from './agent/register';
import { AgentSession } from './agent/session';
import { AgentKeyFields } from './agent-key/fields';
import { AgentKeyMutations } from './agent-key/mutations';
import { ApiTokenFields } from './api-token/fields';
import { ApiTokenMutations } from './api-token/mutations';
import { AuditQueries } from './audit/queries';
import { ClusterFields, ClusterGrantFields, ClusterMaintainerFields } from './cluster/fields';
import { ClusterMutations } from './cluster/mutations';
import { MemberFields } from './member/fields';
import { MemberMutations } from './member/mutations';
import { NodeQueries } from './node/queries';
import { OrganizationFields } from './organization/fields';
import { OrganizationMutations } from './organization/mutations';
import { OrganizationQueries } from './organization/queries';
import { PipelineFields, PipelineGrantFields } from './pipeline/fields';
import { PipelineMutations } from './pipeline/mutations';
import { QueueFields, QueueGrantFields, QueuePauseFields } from './queue/fields';
import { QueueMutations } from './queue/mutations';
import { TeamFields, TeamMemberFields } from './team/fields';
import { TeamMutations } from './team/mutations';
import { validateInput } from './validation/validate-input';

/**
 * Builds the schema. type-graphql keeps what decorators say in one store for the whole process, so
 * call it once.
 */
export function createSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      AccessActionFields,
      AccessActionsQuery,
      AccessCheckQueries,
      AccessDecisionFields,
      AccessResourceFields,
      AccessResourcesQuery,
      AccessSubjectFields,
      AccessSubjectsQuery,
      AgentFields,
      AgentKeyFields,
      AgentKeyMutations,
      AgentRegistration,
      AgentSession,
      ApiTokenFields,
      ApiTokenMutations,
      AuditQueries,
      ClusterFields,
      ClusterGrantFields,
      ClusterMaintainerFields,
      ClusterMutations,
      MemberFields,
      MemberMutations,
      NodeQueries,
      OrganizationFields,
      OrganizationMutations,
      OrganizationQueries,
      PipelineFields,
      PipelineGrantFields,
      PipelineMutations,
      QueueFields,
      QueueGrantFields,
      QueueMutations,
      QueuePauseFields,
      TeamFields,
      TeamMemberFields,
      TeamMutations,
    ],
    disableInferringDefaultValues: true,
    validateFn: validateInput,
  });
  // type-graphql has no decorator for the root types.
  describe(schema.getQueryType(), 'What can be asked. What one may not see looks absent.');
  describe(schema.getMutationType(), 'What can be done. Each is decided by the access rules.');
  return schema;
}

function describe(type: GraphQLObjectType | null | undefined, description: string): void {
  if (type) type.description = description;
}
