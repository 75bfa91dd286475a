import type { Handler } from '../handler';
import type { CommandName, Inputs } from '../inputs';
import { agentDisconnect, agentRegister } from './agent';
import { agentKeyRegister, agentKeyRevoke } from './agent-key';
import { apiTokenCreate, apiTokenRevoke } from './api-token';
import { clusterCreate, clusterDelete, clusterUpdate } from './cluster';
import {
  clusterGrant,
  clusterMaintainerAdd,
  clusterMaintainerRemove,
  clusterRevoke,
} from './cluster-grant';
import {
  organizationMemberAdd,
  organizationMemberRemove,
  organizationMemberUpdate,
} from './member';
import { organizationCreate, organizationUpdate } from './organization';
import { pipelineArchive, pipelineMove, pipelineUnarchive, pipelineUpdate } from './pipeline';
import { pipelineCreate } from './pipeline-create';
import { pipelineGrant, pipelineRevoke } from './pipeline-grant';
import {
  clusterQueueCreate,
  clusterQueueDelete,
  clusterQueuePause,
  clusterQueueResume,
  clusterQueueUpdate,
} from './queue';
import { queuePipelineGrant, queuePipelineRevoke } from './queue-grant';
import { teamCreate, teamDelete, teamUpdate } from './team';
import { teamMemberAdd, teamMemberRemove, teamMemberUpdate } from './team-member';

/** How each mutation is decided. A heartbeat writes no event and passes by here. */
export const HANDLERS: { readonly [M in CommandName]: Handler<Inputs[M]> } = {
  organizationCreate,
  organizationUpdate,
  organizationMemberAdd,
  organizationMemberUpdate,
  organizationMemberRemove,
  teamCreate,
  teamUpdate,
  teamDelete,
  teamMemberAdd,
  teamMemberUpdate,
  teamMemberRemove,
  clusterCreate,
  clusterUpdate,
  clusterDelete,
  clusterMaintainerAdd,
  clusterMaintainerRemove,
  clusterGrant,
  clusterRevoke,
  clusterQueueCreate,
  clusterQueueUpdate,
  clusterQueueDelete,
  clusterQueuePause,
  clusterQueueResume,
  queuePipelineGrant,
  queuePipelineRevoke,
  pipelineCreate,
  pipelineUpdate,
  pipelineMove,
  pipelineArchive,
  pipelineUnarchive,
  pipelineGrant,
  pipelineRevoke,
  agentKeyRegister,
  agentKeyRevoke,
  agentRegister,
  agentDisconnect,
  apiTokenCreate,
  apiTokenRevoke,
};
