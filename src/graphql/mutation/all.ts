import type { CommandName } from '../../commands/inputs';
import { AGENT_KEY_MUTATIONS } from '../agent-key/mutations';
import { API_TOKEN_MUTATIONS } from '../api-token/mutations';
import { CLUSTER_MUTATIONS } from '../cluster/mutations';
import { MEMBER_MUTATIONS } from '../member/mutations';
import { ORGANIZATION_MUTATIONS } from '../organization/mutations';
import { PIPELINE_MUTATIONS } from '../pipeline/mutations';
import { QUEUE_MUTATIONS } from '../queue/mutations';
import { TEAM_MUTATIONS } from '../team/mutations';
import type { MutationDefinition } from './definition';

/** Every mutation that is nothing but a command. */
export const MUTATIONS: readonly MutationDefinition<CommandName>[] = [
  ...ORGANIZATION_MUTATIONS,
  ...MEMBER_MUTATIONS,
  ...TEAM_MUTATIONS,
  ...CLUSTER_MUTATIONS,
  ...QUEUE_MUTATIONS,
  ...PIPELINE_MUTATIONS,
  ...AGENT_KEY_MUTATIONS,
  ...API_TOKEN_MUTATIONS,
];
