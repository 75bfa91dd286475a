import fc from 'fast-check';
import type { AgentFacts, Fact, Facts } from '../../../src/access/facts';
import { memoryFacts } from '../memory-facts';
import * as given from './given';

/** Two sides of one organization, and every fact that is true on one of them only. */
export interface CrowdSides {
  readonly before: Facts;
  readonly after: Facts;
  readonly changed: readonly Fact[];
}

const MEMBERS = 14;
export const CROWD = Array.from({ length: MEMBERS }, (_, n) => `usr_${String(n).padStart(2, '0')}`);
export const CROWD_PIPELINES = ['pip_api', 'pip_loose', 'pip_one', 'pip_two', 'pip_six'];
export const CROWD_THINGS = [
  ...['org_acme', 'tea_red', 'tea_blue', 'tea_tiny', 'clu_prod', 'clu_test'],
  ...['que_open', 'que_shut', 'que_lab', 'agt_one', 'agt_two', ...CROWD_PIPELINES],
];

const AGENTS: readonly AgentFacts[] = [
  { id: 'agt_one', keyId: 'key_one', queueId: 'que_open', registeredAt: 0, endedAt: null },
  { id: 'agt_two', keyId: 'key_two', queueId: 'que_shut', registeredAt: 0, endedAt: null },
];
const LATER = given.NOW + 60_000;

const users = fc.constantFrom(...CROWD);
const teams = fc.constantFrom('tea_red', 'tea_blue', 'tea_tiny');
const holders = fc.oneof({ weight: 2, arbitrary: teams }, { weight: 1, arbitrary: users });
const clusters = fc.constantFrom('clu_prod', 'clu_test');
const pipelines = fc.constantFrom(...CROWD_PIPELINES);
const queues = fc.constantFrom('que_open', 'que_shut', 'que_lab');
const branches = fc.constantFrom([], ['main'], ['main', 'release/*']);

/** Somebody's grant, role or team, or what becomes of a thing. */
const facts: fc.Arbitrary<Fact> = fc
  .oneof(
    fc
      .tuple(holders, fc.constantFrom('VIEW', 'USE', 'USE'), clusters)
      .map((of) => given.granted(...of)),
    teams.map((team) => given.granted(team, 'USE', 'clu_prod')),
    fc
      .tuple(holders, fc.constantFrom('READ', 'BUILD', 'MANAGE'), pipelines)
      .map((of) => given.granted(...of)),
    fc.tuple(holders, clusters).map((of) => given.maintains(...of)),
    fc
      .tuple(users, teams, fc.constantFrom('MAINTAINER', 'MEMBER'))
      .map((of) => given.inTeam(...of)),
    fc.tuple(queues, pipelines, branches).map((of) => given.takes(...of)),
    fc.constantFrom('org_acme', 'tea_red', 'tea_tiny').map(given.letsCreate),
    pipelines.map(given.archived),
    fc.tuple(pipelines, clusters).map((of) => given.pipelineIn(...of)),
    fc.tuple(users, fc.constantFrom('ADMIN', 'AUDITOR', 'MEMBER')).map((of) => given.member(...of)),
    fc.constantFrom('key_one', 'key_two').map((id) => given.key(id, 'clu_prod', 'ACTIVE', null)[0]),
  )
  .filter((fact) => fact !== undefined);

/** Whether a fact is there before, after or on both sides; one may also end by itself in between. */
const stays = fc.constantFrom('BOTH', 'BOTH', 'BEFORE', 'AFTER', 'EXPIRES');

/**
 * Most of fourteen members in the team red, which holds most of what is held: so many stand alike,
 * and some, by a role, a team or a grant of their own, do not.
 */
export const crowdSides: fc.Arbitrary<CrowdSides> = fc
  .tuple(
    fc.subarray(CROWD, { minLength: 8 }),
    fc.array(fc.tuple(facts, stays), { minLength: 6, maxLength: 18 }),
  )
  .map(([red, drawn]) => {
    const basic = [
      ...given.ACME.filter(({ subject }) => !subject.startsWith('usr_')),
      given.exists('team', 'tea_tiny'),
      ...CROWD_PIPELINES.slice(2).map((id) => given.exists('pipeline', id)),
      ...CROWD.map((id) => given.member(id)),
      ...red.map((id) => given.inTeam(id, 'tea_red')),
      given.pipelineIn('pip_one', 'clu_prod'),
      given.pipelineIn('pip_two', 'clu_prod'),
    ];
    const side = (kept: readonly string[], instant: number): readonly Fact[] => {
      const chosen = drawn
        .filter(([, when]) => kept.includes(when))
        .map(([fact, when]) => (when === 'EXPIRES' ? { ...fact, expiresAt: LATER } : fact));
      const all = [...basic, ...chosen].filter(
        (fact, at, every) => !every.slice(at + 1).some((later) => isSamePlace(fact, later)),
      );
      return all.filter(({ expiresAt }) => expiresAt === null || instant < expiresAt);
    };
    const [was, is] = [
      side(['BOTH', 'BEFORE', 'EXPIRES'], given.NOW),
      side(['BOTH', 'AFTER', 'EXPIRES'], LATER),
    ];
    return {
      before: factsOf(was, given.NOW),
      after: factsOf(is, LATER),
      changed: [
        ...was.filter((fact) => !is.includes(fact)),
        ...is.filter((fact) => !was.includes(fact)),
      ],
    };
  });

/** A member has one role, a pipeline one cluster: the later fact counts. */
function isSamePlace(a: Fact, b: Fact): boolean {
  return a.relation === b.relation && a.subject === b.subject && a.source === b.source;
}

function factsOf(all: readonly Fact[], instant: number): Facts {
  return memoryFacts({
    organizationId: 'org_acme',
    facts: all,
    agents: AGENTS,
    moment: { position: 100, instant },
  });
}
