import type { Action } from './actions';

/** The action that each mutation of the API asks the engine about. */
export const MUTATION_ACTIONS = {
  organizationCreate: 'organization:create',
  organizationUpdate: 'organization:manage',
  organizationMemberAdd: 'member:manage',
  organizationMemberUpdate: 'member:manage',
  organizationMemberRemove: 'member:manage',
  teamCreate: 'team:create',
  teamUpdate: 'team:manage',
  teamDelete: 'team:delete',
  teamMemberAdd: 'team:manage',
  teamMemberUpdate: 'team:manage',
  teamMemberRemove: 'team:manage',
  clusterCreate: 'cluster:create',
  clusterUpdate: 'cluster:manage',
  clusterDelete: 'cluster:delete',
  clusterMaintainerAdd: 'cluster:maintainers',
  clusterMaintainerRemove: 'cluster:maintainers',
  clusterGrant: 'cluster:manage',
  clusterRevoke: 'cluster:manage',
  clusterQueueCreate: 'cluster:manage',
  clusterQueueUpdate: 'cluster:manage',
  clusterQueueDelete: 'cluster:manage',
  clusterQueuePause: 'cluster:manage',
  clusterQueueResume: 'cluster:manage',
  queuePipelineGrant: 'cluster:manage',
  queuePipelineRevoke: 'cluster:manage',
  pipelineCreate: 'pipeline:create',
  pipelineUpdate: 'pipeline:manage',
  pipelineMove: 'pipeline:move',
  pipelineArchive: 'pipeline:manage',
  pipelineUnarchive: 'pipeline:manage',
  pipelineGrant: 'pipeline:manage',
  pipelineRevoke: 'pipeline:manage',
  agentKeyRegister: 'cluster:manage',
  agentKeyRevoke: 'cluster:manage',
  agentRegister: 'agent:register',
  agentHeartbeat: 'agent:session',
  agentDisconnect: 'agent:session',
  apiTokenCreate: 'api-token:create',
  apiTokenRevoke: 'api-token:revoke',
} as const satisfies Readonly<Record<string, Action>>;

export type MutationName = keyof typeof MUTATION_ACTIONS;

/** The action that each query of the API asks about; `node` asks the read action of what it finds. */
export const QUERY_ACTIONS = {
  viewer: 'organization:read',
  organization: 'organization:read',
  node: 'organization:read',
  nodes: 'organization:read',
  auditEvents: 'audit:read',
  accessCheck: 'access:ask',
  accessChecks: 'access:ask',
  accessSubjects: 'access:ask',
  accessResources: 'access:ask',
  accessActions: 'access:ask',
} as const satisfies Readonly<Record<string, Action>>;

/** The action of every call of AuthZEN. */
export const AUTHZEN_ACTION = 'access:ask' satisfies Action;

/** The same by the path of each call. */
export const AUTHZEN_ACTIONS = {
  '/access/v1/evaluation': AUTHZEN_ACTION,
  '/access/v1/evaluations': AUTHZEN_ACTION,
  '/access/v1/search/subject': AUTHZEN_ACTION,
  '/access/v1/search/resource': AUTHZEN_ACTION,
  '/access/v1/search/action': AUTHZEN_ACTION,
} as const satisfies Readonly<Record<string, Action>>;
