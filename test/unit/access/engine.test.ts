import { ACTION_NAMES, ACTIONS, isAction } from '../../../src/access/actions';
import { decide, ways } from '../../../src/access/engine';
import type { Fact } from '../../../src/access/facts';
import { DECISION_CODES, type Reason } from '../../../src/access/question';
import { RULES_VERSION } from '../../../src/access/rules-version';
import {
  acme,
  asks,
  granted,
  inTeam,
  letsCreate,
  maintains,
  member,
  NOW,
  takes,
  user,
} from '../../support/access/given';
import { memoryFacts } from '../../support/memory-facts';

const annUses = granted('usr_ann', 'USE', 'clu_prod');
const annBuilds = granted('usr_ann', 'BUILD', 'pip_api');
const relations = ({ facts }: Reason): string => facts.map(({ relation }) => relation).join(' ');

describe('reasons', () => {
  test('a chain leads from the member to the resource, in words and facts', () => {
    const inRed = inTeam('usr_ann', 'tea_red');
    const redUses = granted('tea_red', 'USE', 'clu_prod');
    const decision = decide(acme([inRed, redUses]), asks('usr_ann', 'cluster:use', 'clu_prod'));
    expect(decision).toMatchObject({ allowed: true, code: 'ALLOWED' });
    expect(decision.reasons).toEqual([
      { rule: 'USE granted through a team', facts: [expect.anything(), inRed, redUses] },
    ]);
    expect(decision.reasons[0]?.facts[0]).toMatchObject({ relation: 'member', subject: 'usr_ann' });
  });

  test('a fact that two parts of a chain share is told once', () => {
    const facts = acme([
      inTeam('usr_ann', 'tea_red'),
      granted('tea_red', 'USE', 'clu_prod'),
      granted('tea_red', 'BUILD', 'pip_api'),
    ]);
    const [reason] = decide(facts, asks('usr_ann', 'pipeline:build', 'pip_api')).reasons;
    expect(reason && relations(reason)).toBe(
      'member teamMember pipelineGrant clusterGrant pipelineCluster',
    );
  });

  test('a denial has a code, a sentence and no reasons', () => {
    const decision = decide(acme(), asks('usr_ann', 'cluster:use', 'clu_prod'));
    expect(decision).toEqual({
      allowed: false,
      code: 'DENIED',
      message: 'No rule allows it.',
      reasons: [],
    });
  });

  test('the machine chains tell every fact that they rest on', () => {
    const given = [takes('que_shut', 'pip_api', ['main'])];
    const question = { principal: { kind: 'pipeline', id: 'pip_api' } as const };
    const [reason] = decide(acme(given), {
      ...question,
      action: 'queue:run',
      resource: 'que_shut',
      branch: 'main',
    }).reasons;
    expect(reason && relations(reason)).toBe('pipelineCluster queueCluster queueGrant');
    expect(reason?.facts.at(-1)?.detail).toEqual({ branches: ['main'] });
  });
});

describe('ways', () => {
  const waysIn = (given: readonly Fact[], resource = 'que_shut'): string[] =>
    ways(acme(given), asks('usr_ann', 'queue:reach', resource)).map(({ rule }) => rule);

  test('of a denial there are none', () => {
    expect(waysIn([])).toEqual([]);
    expect(waysIn([annUses, annBuilds])).toEqual([]);
  });

  test('every grant to build counts with every grant of USE', () => {
    const given = [
      annUses,
      annBuilds,
      granted('usr_ann', 'MANAGE', 'pip_api'),
      inTeam('usr_ann', 'tea_red'),
      granted('tea_red', 'USE', 'clu_prod'),
      takes('que_shut', 'pip_api', ['release/*']),
    ];
    expect(waysIn(given)).toEqual([
      'BUILD granted; USE granted; pipeline granted on the queue',
      'BUILD granted; USE granted through a team; pipeline granted on the queue',
      'MANAGE granted; USE granted; pipeline granted on the queue',
      'MANAGE granted; USE granted through a team; pipeline granted on the queue',
    ]);
  });

  test('an ADMIN also has the ways that would be left without the role', () => {
    const given = [member('usr_ann', 'ADMIN'), maintains('usr_ann', 'clu_prod')];
    expect(waysIn(given)).toEqual(['ADMIN', 'maintainer']);
  });

  test('an AUDITOR has no way but the role', () => {
    const given = [maintains('usr_iris', 'clu_prod'), granted('tea_red', 'USE', 'clu_prod')];
    const found = ways(acme(given), asks('usr_iris', 'team:read', 'tea_red'));
    expect(found.map(({ rule }) => rule)).toEqual(['AUDITOR']);
  });

  test('a cluster is reached by the ways into each of its queues', () => {
    const given = [annUses, annBuilds, letsCreate('org_acme'), takes('que_shut', 'pip_api')];
    const found = ways(acme(given), asks('usr_ann', 'cluster:reach', 'clu_prod'));
    expect(found.map(({ rule }) => rule)).toEqual([
      'USE granted; the organization lets its members create; OPEN queue',
      'BUILD granted; USE granted; OPEN queue',
      'BUILD granted; USE granted; pipeline granted on the queue',
    ]);
  });
});

describe('expiry', () => {
  const at = (expiresAt: number, given: (expiresAt: number) => readonly Fact[]): boolean =>
    decide(acme(given(expiresAt)), asks('usr_ann', 'cluster:use', 'clu_prod')).allowed;

  test.each([
    ['a grant', (expiresAt: number) => [granted('usr_ann', 'USE', 'clu_prod', { expiresAt })]],
    ['a maintainer role', (expiresAt: number) => [maintains('usr_ann', 'clu_prod', { expiresAt })]],
    [
      'a membership',
      (expiresAt: number) => [
        inTeam('usr_ann', 'tea_red', 'MEMBER', { expiresAt }),
        granted('tea_red', 'USE', 'clu_prod'),
      ],
    ],
  ])('%s holds until, and not at, its expiry', (_what, given) => {
    expect(at(NOW + 1, given)).toBe(true);
    expect(at(NOW, given)).toBe(false);
  });

  test('of two grants on one pair the longer counts', () => {
    const short = granted('usr_ann', 'USE', 'clu_prod', { expiresAt: NOW });
    expect(at(0, () => [short, annUses])).toBe(true);
  });
});

describe('scopes', () => {
  const root = (scopes: readonly string[]) => user('usr_root', scopes);
  const code = (scopes: readonly string[], action: 'cluster:use' | 'cluster:read', on: string) =>
    decide(acme(), { principal: root(scopes), action, resource: on }).code;

  test('narrow whatever the member may do', () => {
    expect(code(['read'], 'cluster:read', 'clu_prod')).toBe('ALLOWED');
    expect(code(['read'], 'cluster:use', 'clu_prod')).toBe('OUTSIDE_SCOPE');
    expect(code([], 'cluster:read', 'clu_prod')).toBe('OUTSIDE_SCOPE');
  });

  test('tell nothing of the resource', () => {
    expect(code(['read'], 'cluster:use', 'clu_gone')).toBe('OUTSIDE_SCOPE');
    expect(code(['read'], 'cluster:read', 'clu_gone')).toBe('NOT_FOUND');
  });

  test('concern the action asked, not what its rule rests on', () => {
    const principal = user('usr_ann', ['pipeline:create']);
    const given = [annUses, letsCreate('org_acme')];
    const question = { principal, action: 'pipeline:create', resource: 'clu_prod' } as const;
    expect(decide(acme(given), question).allowed).toBe(true);
  });

  test('widen nothing', () => {
    const principal = user('usr_ann', ['write', 'cluster:manage']);
    const question = { principal, action: 'cluster:manage', resource: 'clu_prod' } as const;
    expect(decide(acme(), question).code).toBe('DENIED');
  });
});

test('a stranger is denied everything, found or not', () => {
  for (const action of ACTION_NAMES) {
    for (const resource of ['org_acme', 'clu_prod', 'usr_stranger', 'clu_gone', 'installation']) {
      const question = { ...asks('usr_stranger', action, resource), about: 'usr_stranger' };
      expect(decide(acme([annUses]), question).code).toBe('DENIED');
    }
  }
});

test('a resource of another kind is not found', () => {
  for (const action of ACTION_NAMES.filter((name) => ACTIONS[name] === 'cluster')) {
    expect(decide(acme(), asks('usr_root', action, 'pip_api')).code).toBe('NOT_FOUND');
  }
});

test('rules of an unknown version answer nothing', () => {
  const facts = memoryFacts({ organizationId: 'org_acme', facts: [], rulesVersion: 99 });
  expect(() => decide(facts, asks('usr_ann', 'cluster:use', 'clu_prod'))).toThrow(RangeError);
  expect(acme().rulesVersion).toBe(RULES_VERSION);
});

test('action names are exact, and not those of an object', () => {
  expect(isAction('cluster:use')).toBe(true);
  expect(['toString', 'Cluster:use', 'cluster:use ', ''].filter(isAction)).toEqual([]);
  expect(new Set(DECISION_CODES).size).toBe(DECISION_CODES.length);
});
