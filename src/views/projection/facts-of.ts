import type { Fact } from '../../access/facts';
import { agentKeyExpiry, type AgentKey } from '../../domain/agent-key/state';
import type { Entities, EntityKind } from '../../domain/entity';
import type { OrganizationId } from '../../domain/id';

/** A fact as its entity states it: without the position that it holds from. */
export type FactDraft = Omit<Fact, 'from'>;

type Extra = Partial<Pick<Fact, 'level' | 'detail' | 'expiresAt'>>;

type FactsOf = {
  readonly [K in EntityKind]: (
    state: Entities[K],
    organizationId: OrganizationId,
  ) => readonly FactDraft[];
};

/** What each kind of entity says about access, as the table of Facts lists it. */
const FACTS_OF: FactsOf = {
  organization: ({ id, membersCanCreatePipelines }) =>
    membersCanCreatePipelines ? [fact('pipelineCreation', id, id, id)] : [],
  member: ({ id, role, kind }, organizationId) => [
    fact('member', id, organizationId, id, { level: role, detail: { memberKind: kind } }),
  ],
  team: ({ id, membersCanCreatePipelines }, organizationId) => [
    fact('team', id, organizationId, id),
    ...(membersCanCreatePipelines ? [fact('pipelineCreation', id, organizationId, id)] : []),
  ],
  teamMember: ({ id, userId, teamId, role, expiresAt }) => [
    fact('teamMember', userId, teamId, id, { level: role, expiresAt }),
  ],
  cluster: ({ id }, organizationId) => [fact('cluster', id, organizationId, id)],
  clusterMaintainer: ({ id, holderId, clusterId, expiresAt }) => [
    fact('clusterMaintainer', holderId, clusterId, id, { expiresAt }),
  ],
  clusterGrant: ({ id, holderId, clusterId, level, expiresAt }) => [
    fact('clusterGrant', holderId, clusterId, id, { level, expiresAt }),
  ],
  queue: ({ id, clusterId, mode }) => [fact('queueCluster', id, clusterId, id, { level: mode })],
  queueGrant: ({ id, pipelineId, queueId, branches, expiresAt }) => [
    fact('queueGrant', pipelineId, queueId, id, { detail: { branches }, expiresAt }),
  ],
  pipeline: ({ id, clusterId, archived }, organizationId) => [
    fact('pipeline', id, organizationId, id),
    ...(clusterId === null ? [] : [fact('pipelineCluster', id, clusterId, id)]),
    ...(archived ? [fact('pipelineArchived', id, organizationId, id)] : []),
  ],
  pipelineGrant: ({ id, holderId, pipelineId, level, expiresAt }) => [
    fact('pipelineGrant', holderId, pipelineId, id, { level, expiresAt }),
  ],
  agentKey: factsOfKey,
  agent: () => [],
  apiToken: ({ id, userId, scopes, expiresAt }) => [
    fact('apiToken', id, userId, id, { detail: { scopes }, expiresAt }),
  ],
};

/** A pending or active key; a revoked one states nothing any more. */
function factsOfKey(key: AgentKey): readonly FactDraft[] {
  const { id, clusterId, state, queueIds, tags } = key;
  if (state === 'REVOKED') return [];
  const expiresAt = agentKeyExpiry(key);
  return [
    fact('keyCluster', id, clusterId, id, { level: state, detail: { queueIds, tags }, expiresAt }),
    ...(queueIds ?? []).map((queueId) => fact('keyQueue', id, queueId, id, { expiresAt })),
  ];
}

function fact(
  relation: Fact['relation'],
  subject: string,
  object: string,
  source: string,
  { level = null, detail = null, expiresAt = null }: Extra = {},
): FactDraft {
  return { relation, subject, object, source, level, detail, expiresAt };
}

/** The facts that follow from an entity as it stands, whether they have expired or not. */
export function factsOf<K extends EntityKind>(
  kind: K,
  state: Entities[K],
  organizationId: OrganizationId,
): readonly FactDraft[] {
  return FACTS_OF[kind](state, organizationId);
}
