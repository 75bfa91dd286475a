import type { AgentFacts, Fact, Facts, Relation } from '../../../src/access/facts';
import type { Principal, Question } from '../../../src/access/question';
import type { PipelineId, QueueId, UserId } from '../../../src/domain/id';
import { memoryFacts } from '../memory-facts';

/** Facts in few words, about an organization of readable ids: `usr_ann`, `tea_red`, `clu_prod`. */

const ORG = 'org_acme';
export const NOW = Date.UTC(2026, 0, 1, 12);

type Extra = Partial<Pick<Fact, 'level' | 'detail' | 'expiresAt' | 'source'>>;
let sources = 0;

export function fact(
  subject: string,
  relation: Relation,
  object: string,
  { level = null, detail = null, expiresAt = null, source }: Extra = {},
): Fact {
  sources += 1;
  const own = source ?? `gra_${String(sources)}`;
  return { relation, subject, object, level, detail, source: own, from: 1, expiresAt };
}

export const member = (id: string, role = 'MEMBER', memberKind: 'PERSON' | 'SERVICE' = 'PERSON') =>
  fact(id, 'member', ORG, { level: role, detail: { memberKind }, source: id });
export const inTeam = (user: string, team: string, role = 'MEMBER', more: Extra = {}) =>
  fact(user, 'teamMember', team, { level: role, ...more });
export const maintains = (holder: string, cluster: string, more: Extra = {}) =>
  fact(holder, 'clusterMaintainer', cluster, more);
export const granted = (holder: string, level: string, object: string, more: Extra = {}) =>
  fact(holder, object.startsWith('clu_') ? 'clusterGrant' : 'pipelineGrant', object, {
    level,
    ...more,
  });
export const letsCreate = (owner: string) => fact(owner, 'pipelineCreation', ORG);
export const archived = (pipeline: string) => fact(pipeline, 'pipelineArchived', ORG);
export const pipelineIn = (pipeline: string, cluster: string) =>
  fact(pipeline, 'pipelineCluster', cluster, { source: pipeline });
export const queueIn = (queue: string, cluster: string, mode: 'OPEN' | 'RESTRICTED') =>
  fact(queue, 'queueCluster', cluster, { level: mode, source: queue });
export const takes = (
  queue: string,
  pipeline: string,
  branches: readonly string[] = [],
  more: Extra = {},
) => fact(pipeline, 'queueGrant', queue, { detail: { branches }, ...more });
export const key = (
  id: string,
  cluster: string,
  state: 'PENDING' | 'ACTIVE',
  queues: readonly QueueId[] | null,
  more: Extra = {},
): Fact[] => [
  fact(id, 'keyCluster', cluster, {
    level: state,
    detail: { queueIds: queues },
    source: id,
    ...more,
  }),
  ...(queues ?? []).map((queue) => fact(id, 'keyQueue', queue, { source: id, ...more })),
];
export const exists = (relation: 'team' | 'cluster' | 'pipeline', id: string) =>
  fact(id, relation, ORG, { source: id });

/**
 * A small organization in which nobody is granted anything: ann and eve are MEMBERs, root is ADMIN,
 * iris AUDITOR, bot a SERVICE; teams red and blue; clusters prod and test; in prod the queues open
 * and shut (RESTRICTED) and the pipeline api, in test the queue lab; the pipeline loose in none.
 */
export const ACME: readonly Fact[] = [
  member('usr_ann'),
  member('usr_eve'),
  member('usr_root', 'ADMIN'),
  member('usr_iris', 'AUDITOR'),
  member('usr_bot', 'MEMBER', 'SERVICE'),
  exists('team', 'tea_red'),
  exists('team', 'tea_blue'),
  exists('cluster', 'clu_prod'),
  exists('cluster', 'clu_test'),
  exists('pipeline', 'pip_api'),
  exists('pipeline', 'pip_loose'),
  pipelineIn('pip_api', 'clu_prod'),
  queueIn('que_open', 'clu_prod', 'OPEN'),
  queueIn('que_shut', 'clu_prod', 'RESTRICTED'),
  queueIn('que_lab', 'clu_test', 'OPEN'),
];

/** The facts of acme and these, at noon; a fact given anew replaces the one of the same place. */
export function acme(facts: readonly Fact[] = [], agents: readonly AgentFacts[] = []): Facts {
  const replaced = (old: Fact): boolean =>
    facts.some(
      ({ relation, subject, source }) =>
        relation === old.relation && subject === old.subject && source === old.source,
    );
  return memoryFacts({
    organizationId: ORG,
    facts: [...ACME.filter((old) => !replaced(old)), ...facts],
    agents,
    moment: { position: 100, instant: NOW },
  });
}

export const user = (id: UserId, scopes: readonly string[] | null = null): Principal => ({
  kind: 'user',
  id,
  scopes,
});
export const pipeline = (id: PipelineId): Principal => ({ kind: 'pipeline', id });

/** A question by a member without a token. */
export function asks(
  id: UserId,
  action: Question['action'],
  resource: string,
  more: Partial<Question> = {},
): Question {
  return { principal: user(id), action, resource, ...more };
}
