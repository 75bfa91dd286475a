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

const NO_AGENTS = 'It gives nobody access: agents come and go under what is granted already.';
const NO_TOKENS = 'It changes what a credential may do, not a member: differences leave that out.';

/** The mutations that cannot be tried out beforehand, each with why; all others can. */
export const UNTRIED_MUTATIONS = {
  organizationCreate: 'It makes another organization; nothing differs in one that is there.',
  agentRegister: NO_AGENTS,
  agentHeartbeat: NO_AGENTS,
  agentDisconnect: NO_AGENTS,
  apiTokenCreate: NO_TOKENS,
  apiTokenRevoke: NO_TOKENS,
} as const satisfies Readonly<Partial<Record<MutationName, string>>>;

/** True if the mutation can be tried out: in a preview, or as a dry run. */
export function canBeTried(mutation: MutationName): boolean {
  return !Object.hasOwn(UNTRIED_MUTATIONS, mutation);
}

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
  accessChanges: 'access:ask',
  accessReview: 'access:ask',
  accessPreview: 'access:ask',
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
