import type {
  AgentFacts,
  Fact,
  FactDetail,
  Facts,
  Moment,
  Relation,
} from '../../../src/access/facts';
import { agentKeyExpiry } from '../../../src/domain/agent-key/state';
import { eventType, evolve, type RecordedEvent } from '../../../src/domain/catalogue';
import type { Agent } from '../../../src/domain/agent/state';
import type { Entities, EntityKind } from '../../../src/domain/entity';
import type { OrganizationId } from '../../../src/domain/id';
import { memoryFacts } from '../memory-facts';

/** Both ledgers of one organization, from their first events. */
export interface History {
  readonly organizationId: OrganizationId;
  readonly access: readonly RecordedEvent[];
  readonly activity: readonly RecordedEvent[];
}

type Opened = Omit<Fact, 'from'>;

/** The facts of a history at a moment, for the engine. */
export function factsAt(history: History, moment: Moment): Facts {
  const { organizationId } = history;
  return memoryFacts({ organizationId, moment, ...factsOfHistory(history, moment) });
}

/** The open facts up to a position and the agents, folded by the domain's own functions. */
export function factsOfHistory(
  history: History,
  moment: Moment,
): { readonly facts: readonly Fact[]; readonly agents: readonly AgentFacts[] } {
  const open = new Map<string, readonly Fact[]>();
  const states = new Map<string, Entities[EntityKind]>();
  for (const event of history.access.filter(({ position }) => position <= moment.position)) {
    const type = eventType(event);
    const id = String(event.data[type.idField]);
    const state = evolve(states.get(id), event, type);
    if (state === undefined || type.entity === null) states.delete(id);
    else states.set(id, state);
    const opened =
      state === undefined || type.entity === null
        ? []
        : openedBy(type.entity, state, history.organizationId);
    const before = open.get(id) ?? [];
    open.set(
      id,
      opened.map((fact) => before.find(same(fact)) ?? { ...fact, from: event.position }),
    );
  }
  return { facts: [...open.values()].flat(), agents: agentsOf(history) };
}

function agentsOf(history: History): AgentFacts[] {
  const agents = new Map<string, Agent>();
  for (const event of history.activity) {
    const id = String(event.data['agentId']);
    const state = evolve(agents.get(id), event) as Agent;
    agents.set(id, state);
  }
  return [...agents.values()].map(({ id, keyId, queueId, registeredAt, ended }) => ({
    id,
    keyId,
    queueId,
    registeredAt,
    endedAt: ended?.at ?? null,
  }));
}

function same(fact: Opened): (other: Fact) => boolean {
  return (other) => JSON.stringify({ ...fact, from: other.from }) === JSON.stringify(other);
}

/** The facts that follow from one entity's state, as the table of relations says. */
function openedBy(
  kind: EntityKind,
  state: Entities[EntityKind],
  organizationId: OrganizationId,
): Opened[] {
  const fact = (
    relation: Relation,
    subject: string,
    object: string,
    more: { level?: string; detail?: FactDetail; expiresAt?: number | null } = {},
  ): Opened => ({
    relation,
    subject,
    object,
    level: more.level ?? null,
    detail: more.detail ?? null,
    source: state.id,
    expiresAt: more.expiresAt ?? null,
  });
  const entity = { [kind]: state } as Partial<Entities>;
  const facts: Opened[] = [];
  const add = (...args: Parameters<typeof fact>): void => void facts.push(fact(...args));

  const { organization, member, team, teamMember, cluster, clusterMaintainer } = entity;
  if (organization?.membersCanCreatePipelines) {
    add('pipelineCreation', organizationId, organizationId);
  }
  if (member) {
    add('member', member.id, organizationId, {
      level: member.role,
      detail: { memberKind: member.kind },
    });
  }
  if (team) add('team', team.id, organizationId);
  if (team?.membersCanCreatePipelines) add('pipelineCreation', team.id, organizationId);
  if (teamMember) {
    const { userId, teamId, role, expiresAt } = teamMember;
    add('teamMember', userId, teamId, { level: role, expiresAt });
  }
  if (cluster) add('cluster', cluster.id, organizationId);
  if (clusterMaintainer) {
    const { holderId, clusterId, expiresAt } = clusterMaintainer;
    add('clusterMaintainer', holderId, clusterId, { expiresAt });
  }

  const { clusterGrant, queue, queueGrant, pipeline, pipelineGrant, agentKey, apiToken } = entity;
  if (clusterGrant) {
    const { holderId, clusterId, level, expiresAt } = clusterGrant;
    add('clusterGrant', holderId, clusterId, { level, expiresAt });
  }
  if (queue) add('queueCluster', queue.id, queue.clusterId, { level: queue.mode });
  if (queueGrant) {
    const { pipelineId, queueId, branches, expiresAt } = queueGrant;
    add('queueGrant', pipelineId, queueId, { detail: { branches }, expiresAt });
  }
  if (pipeline) add('pipeline', pipeline.id, organizationId);
  if (pipeline?.clusterId) add('pipelineCluster', pipeline.id, pipeline.clusterId);
  if (pipeline?.archived) add('pipelineArchived', pipeline.id, organizationId);
  if (pipelineGrant) {
    const { holderId, pipelineId, level, expiresAt } = pipelineGrant;
    add('pipelineGrant', holderId, pipelineId, { level, expiresAt });
  }
  if (agentKey && agentKey.state !== 'REVOKED') {
    const { id, clusterId, queueIds, tags, state: level } = agentKey;
    const expiresAt = agentKeyExpiry(agentKey);
    add('keyCluster', id, clusterId, { level, detail: { queueIds, tags }, expiresAt });
    for (const queueId of queueIds ?? []) add('keyQueue', id, queueId, { expiresAt });
  }
  if (apiToken) {
    const { id, userId, scopes, expiresAt } = apiToken;
    add('apiToken', id, userId, { detail: { scopes }, expiresAt });
  }
  return facts;
}
