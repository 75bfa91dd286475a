import { missing } from '../../../src/access/missing';
import type { Change } from '../../../src/access/missing/change';
import { and, oneOf } from '../../../src/access/missing/family';
import { mutationsFor } from '../../../src/access/missing/mutation';
import { openQueue } from '../../../src/access/missing/steps';
import { only } from '../../../src/access/missing/subject';
import { TooManyWays } from '../../../src/access/rule';
import type { AgentFacts, Fact } from '../../../src/access/facts';
import type { Question } from '../../../src/access/question';
import {
  acme,
  archived,
  asks,
  granted,
  inTeam,
  key,
  letsCreate,
  NOW,
  pipeline,
  takes,
} from '../../support/access/given';

/** A change in few words: its kind and what else it says, but for the ids of who asks. */
function brief(change: Change): string {
  const { kind, ...rest } = change;
  const words = Object.values(rest)
    .flat()
    .filter((value) => value !== null && value !== 'usr_ann');
  return [kind, ...words].join(' ');
}

/** The sets in few words, in the order of these. */
function sets(
  given: readonly Fact[],
  question: Question,
  agents: readonly AgentFacts[] = [],
): readonly string[] | 'NOT_FIXABLE' | null {
  const found = missing(acme(given, agents), question);
  if (found === null) return null;
  if (!found.fixable) return 'NOT_FIXABLE';
  return found.groups
    .flatMap((group) => group.sets.map((set) => set.map(brief).join(' + ')))
    .sort();
}

const ann = (action: Question['action'], resource: string, more: Partial<Question> = {}) =>
  asks('usr_ann', action, resource, more);

test('nothing is missing from what is allowed', () => {
  expect(sets([granted('usr_ann', 'USE', 'clu_prod')], ann('cluster:use', 'clu_prod'))).toBeNull();
});

describe('what one can be given', () => {
  test('the least level that is enough: to oneself, to a team of theirs, or by joining one', () => {
    const given = [
      inTeam('usr_ann', 'tea_red'),
      granted('tea_red', 'VIEW', 'clu_prod'),
      granted('tea_blue', 'USE', 'clu_prod'),
    ];
    expect(sets(given, ann('cluster:use', 'clu_prod'))).toEqual(
      [
        'GRANT_CLUSTER tea_red clu_prod USE',
        'GRANT_CLUSTER clu_prod USE',
        'JOIN_TEAM tea_blue MEMBER',
      ].sort(),
    );
    expect(sets(given, ann('cluster:manage', 'clu_prod'))).toEqual([
      'GRANT_CLUSTER clu_prod MAINTAINER',
      'GRANT_CLUSTER tea_red clu_prod MAINTAINER',
    ]);
  });

  test('a team is joined, or one is raised in it', () => {
    const raised = inTeam('usr_ann', 'tea_red', 'MEMBER', { source: 'tmb_1' });
    expect(sets([], ann('team:manage', 'tea_red'))).toEqual(['JOIN_TEAM tea_red MAINTAINER']);
    expect(sets([raised], ann('team:manage', 'tea_red'))).toEqual([
      'JOIN_TEAM tea_red MAINTAINER tmb_1',
    ]);
  });

  test('a team is read by who manages something that it holds', () => {
    const given = [granted('tea_blue', 'VIEW', 'clu_prod'), granted('tea_blue', 'READ', 'pip_api')];
    expect(sets(given, ann('team:read', 'tea_blue'))).toEqual([
      'GRANT_CLUSTER clu_prod MAINTAINER',
      'GRANT_PIPELINE pip_api MANAGE',
      'JOIN_TEAM tea_blue MEMBER',
    ]);
  });

  test('building takes a grant and the use of the cluster, by one team or by two things', () => {
    const given = [granted('tea_blue', 'USE', 'clu_prod'), granted('tea_red', 'MANAGE', 'pip_api')];
    expect(sets(given, ann('pipeline:build', 'pip_api'))).toEqual([
      'GRANT_CLUSTER clu_prod USE + GRANT_PIPELINE pip_api BUILD',
      'JOIN_TEAM tea_blue MEMBER + GRANT_PIPELINE pip_api BUILD',
      'JOIN_TEAM tea_red MEMBER + GRANT_CLUSTER clu_prod USE',
      'JOIN_TEAM tea_red MEMBER + JOIN_TEAM tea_blue MEMBER',
    ]);
    const both = [granted('tea_blue', 'USE', 'clu_prod'), granted('tea_blue', 'BUILD', 'pip_api')];
    expect(sets(both, ann('pipeline:build', 'pip_api'))).toEqual([
      'GRANT_CLUSTER clu_prod USE + GRANT_PIPELINE pip_api BUILD',
      'JOIN_TEAM tea_blue MEMBER',
    ]);
    expect(sets([], ann('pipeline:build', 'pip_loose'))).toEqual([
      'GRANT_PIPELINE pip_loose BUILD',
    ]);
  });

  test('nothing is given on an archived pipeline', () => {
    expect(sets([archived('pip_loose')], ann('pipeline:manage', 'pip_loose'))).toEqual([
      'UNARCHIVE_PIPELINE pip_loose + GRANT_PIPELINE pip_loose MANAGE',
    ]);
  });

  test('creating takes the maintainer role, or USE and somebody who lets', () => {
    expect(sets([inTeam('usr_ann', 'tea_red')], ann('pipeline:create', 'clu_test'))).toEqual([
      'GRANT_CLUSTER clu_test MAINTAINER',
      'GRANT_CLUSTER tea_red clu_test MAINTAINER',
      'LET_MEMBERS_CREATE org_acme + GRANT_CLUSTER clu_test USE',
      'LET_MEMBERS_CREATE org_acme + GRANT_CLUSTER tea_red clu_test USE',
      'LET_MEMBERS_CREATE tea_red + GRANT_CLUSTER tea_red clu_test USE',
    ]);
    const lets = [inTeam('usr_ann', 'tea_red'), letsCreate('tea_red')];
    expect(sets(lets, ann('pipeline:create', 'clu_test'))).toEqual([
      'GRANT_CLUSTER clu_test MAINTAINER',
      'GRANT_CLUSTER tea_red clu_test USE',
      'LET_MEMBERS_CREATE org_acme + GRANT_CLUSTER clu_test USE',
    ]);
  });

  test('moving takes both ends', () => {
    expect(sets([], ann('pipeline:move', 'pip_api', { targetClusterId: 'clu_test' }))).toEqual([
      'GRANT_CLUSTER clu_test MAINTAINER + GRANT_PIPELINE pip_api MANAGE',
      'LET_MEMBERS_CREATE org_acme + GRANT_CLUSTER clu_test USE + GRANT_PIPELINE pip_api MANAGE',
    ]);
    expect(sets([], ann('pipeline:move', 'pip_api', { targetClusterId: null }))).toEqual([
      'GRANT_CLUSTER clu_prod MAINTAINER',
      'GRANT_PIPELINE pip_api MANAGE',
    ]);
    expect(sets([], ann('pipeline:move', 'pip_api'))).toBe('NOT_FIXABLE');
  });
});

describe('reach', () => {
  test('an OPEN queue is reached by building, by creating or by maintaining', () => {
    expect(sets([], ann('queue:reach', 'que_open'))).toEqual([
      'GRANT_CLUSTER clu_prod MAINTAINER',
      'GRANT_CLUSTER clu_prod USE + GRANT_PIPELINE pip_api BUILD',
      'LET_MEMBERS_CREATE org_acme + GRANT_CLUSTER clu_prod USE',
    ]);
  });

  test('a RESTRICTED one also takes a pipeline on it, or to be opened', () => {
    const given = [granted('usr_ann', 'USE', 'clu_prod')];
    expect(sets(given, ann('queue:reach', 'que_shut'))).toEqual([
      'GRANT_CLUSTER clu_prod MAINTAINER',
      'GRANT_PIPELINE pip_api BUILD + GRANT_QUEUE pip_api que_shut',
      'OPEN_QUEUE que_shut + GRANT_PIPELINE pip_api BUILD',
      'OPEN_QUEUE que_shut + LET_MEMBERS_CREATE org_acme',
    ]);
    const builder = [...given, granted('usr_ann', 'BUILD', 'pip_api')];
    expect(sets([...builder, archived('pip_api')], ann('queue:reach', 'que_shut'))).toEqual([
      'GRANT_CLUSTER clu_prod MAINTAINER',
      'OPEN_QUEUE que_shut + LET_MEMBERS_CREATE org_acme',
      'UNARCHIVE_PIPELINE pip_api + GRANT_QUEUE pip_api que_shut',
      'UNARCHIVE_PIPELINE pip_api + OPEN_QUEUE que_shut',
    ]);
  });

  test('a cluster is reached through any of its queues', () => {
    const given = [granted('usr_ann', 'MANAGE', 'pip_api')];
    expect(sets(given, ann('cluster:reach', 'clu_prod'))).toEqual(['GRANT_CLUSTER clu_prod USE']);
  });
});

describe('a pipeline that is to run', () => {
  const run = (resource: string, id: `pip_${string}` = 'pip_api', branch?: string): Question => ({
    principal: pipeline(id),
    action: resource.startsWith('agt_') ? 'agent:run' : 'queue:run',
    resource,
    ...(branch === undefined ? {} : { branch }),
  });

  test('is granted on the queue, on the branch asked about, or the queue is opened', () => {
    expect(sets([], run('que_shut', 'pip_api', 'main'))).toEqual([
      'GRANT_QUEUE pip_api que_shut main',
      'OPEN_QUEUE que_shut',
    ]);
  });

  test('gets a grant instead of the one that does not match, with its patterns and expiry', () => {
    const there = takes('que_shut', 'pip_api', ['main'], { source: 'gra_1', expiresAt: NOW + 1 });
    expect(sets([there], run('que_shut', 'pip_api', 'topic'))).toEqual([
      `GRANT_QUEUE pip_api que_shut main topic ${String(NOW + 1)} gra_1`,
      'OPEN_QUEUE que_shut',
    ]);
    expect(sets([there], run('que_shut'))).toEqual([
      `GRANT_QUEUE pip_api que_shut ${String(NOW + 1)} gra_1`,
      'OPEN_QUEUE que_shut',
    ]);
  });

  test('gets every branch where the one asked about, or one more, can be no pattern', () => {
    const full = Array.from({ length: 20 }, (_, n) => `branch-${String(n)}`);
    const there = takes('que_shut', 'pip_api', full, { source: 'gra_1' });
    const everyBranch = 'GRANT_QUEUE pip_api que_shut';
    expect(sets([there], run('que_shut', 'pip_api', 'topic'))).toContain(`${everyBranch} gra_1`);
    expect(sets([], run('que_shut', 'pip_api', 'no branch'))).toContain(everyBranch);
  });

  test('is unarchived, and moved into the cluster, where no grant is there any more', () => {
    expect(sets([archived('pip_loose')], run('que_shut', 'pip_loose'))).toEqual([
      'UNARCHIVE_PIPELINE pip_loose + MOVE_PIPELINE pip_loose clu_prod + GRANT_QUEUE pip_loose que_shut',
      'UNARCHIVE_PIPELINE pip_loose + MOVE_PIPELINE pip_loose clu_prod + OPEN_QUEUE que_shut',
    ]);
    expect(sets([], run('que_open', 'pip_loose'))).toEqual(['MOVE_PIPELINE pip_loose clu_prod']);
  });

  describe('on an agent', () => {
    const agent: AgentFacts = {
      id: 'agt_1',
      keyId: 'key_1',
      queueId: 'que_shut',
      registeredAt: NOW - 1,
      endedAt: null,
    };

    test('runs with a key for the OPEN queues once the queue is one', () => {
      const given = [...key('key_1', 'clu_prod', 'ACTIVE', null), takes('que_shut', 'pip_api')];
      expect(sets(given, run('agt_1'), [agent])).toEqual(['OPEN_QUEUE que_shut']);
    });

    test('cannot be helped if the agent ended, or its key is not active or for another queue', () => {
      const listed = key('key_1', 'clu_prod', 'ACTIVE', ['que_shut']);
      const ended = { ...agent, endedAt: NOW };
      expect(sets(listed, run('agt_1'), [ended])).toBe('NOT_FIXABLE');
      const pending = key('key_1', 'clu_prod', 'PENDING', ['que_shut']);
      expect(sets(pending, run('agt_1'), [agent])).toBe('NOT_FIXABLE');
      const other = key('key_1', 'clu_prod', 'ACTIVE', ['que_open']);
      expect(sets(other, run('agt_1'), [agent])).toBe('NOT_FIXABLE');
      expect(sets(listed, run('agt_1'), [agent])).toEqual([
        'GRANT_QUEUE pip_api que_shut',
        'OPEN_QUEUE que_shut',
      ]);
    });
  });
});

describe('roles', () => {
  test('an AUDITOR must become a MEMBER with whatever they get', () => {
    expect(sets([], asks('usr_iris', 'cluster:use', 'clu_prod'))).toEqual([
      'CHANGE_ROLE usr_iris MEMBER + GRANT_CLUSTER usr_iris clu_prod USE',
    ]);
  });

  test('AUDITOR is named where nothing else helps, ADMIN where not even that does', () => {
    expect(sets([], ann('audit:read', 'org_acme'))).toEqual(['CHANGE_ROLE AUDITOR']);
    expect(sets([], ann('access:ask', 'org_acme'))).toEqual(['CHANGE_ROLE AUDITOR']);
    expect(sets([], ann('team:create', 'org_acme'))).toEqual(['CHANGE_ROLE ADMIN']);
    expect(sets([], ann('api-token:create', 'usr_bot'))).toEqual(['CHANGE_ROLE ADMIN']);
    expect(sets([], ann('api-token:create', 'usr_eve'))).toBe('NOT_FIXABLE');
  });
});

test('what no change to the organization gives cannot be fixed', () => {
  const stranger = asks('usr_stranger', 'cluster:use', 'clu_prod');
  expect(sets([], stranger)).toBe('NOT_FIXABLE');
  expect(sets([], ann('cluster:use', 'clu_none'))).toBe('NOT_FIXABLE');
  const scoped = { kind: 'user', id: 'usr_ann', scopes: ['read'] } as const;
  const question = { principal: scoped, action: 'cluster:use', resource: 'clu_prod' } as const;
  expect(sets([], question)).toBe('NOT_FIXABLE');
  expect(sets([], { ...question, principal: { kind: 'host' } })).toBe('NOT_FIXABLE');
});

test('groups say what they do in words, the shortest first, and count all their sets', () => {
  const teams = Array.from({ length: 12 }, (_, n) => `tea_${String(n).padStart(2, '0')}`);
  const given = teams.map((team) => granted(team, 'USE', 'clu_prod'));
  const found = missing(acme(given), ann('cluster:use', 'clu_prod'));
  expect(found).toMatchObject({
    fixable: true,
    groups: [
      { shape: 'grant the member USE on the cluster', kinds: ['GRANT_CLUSTER'], count: 1 },
      { shape: 'join a team with USE or more on the cluster', kinds: ['JOIN_TEAM'], count: 12 },
    ],
  });
  const told = found?.fixable === true ? found.groups[1]?.sets : [];
  expect(told?.map(([change]) => change)).toEqual(
    teams.slice(0, 10).map((teamId) => ({
      ...{ kind: 'JOIN_TEAM', userId: 'usr_ann', teamId, role: 'MEMBER', raises: null },
    })),
  );
});

test('more ways than can be told are refused before they are made', () => {
  const steps = (count: number) =>
    oneOf(
      ...Array.from({ length: count }, (_, n) => openQueue(only(`que_${String(n)}`, 'a queue'))),
    );
  expect(and(steps(100), steps(100))).toHaveLength(10_000);
  expect(() => and(steps(100), steps(101))).toThrow(TooManyWays);
});

test('each change names the mutations that make it', () => {
  const there = takes('que_shut', 'pip_api', ['main'], { source: 'gra_1' });
  const principal = pipeline('pip_api');
  const found = missing(acme([there]), {
    ...{ principal, action: 'queue:run', resource: 'que_shut', branch: 'topic' },
  });
  const groups = found?.fixable === true ? found.groups : [];
  expect(groups.flatMap((group) => group.sets.flat().map(mutationsFor))).toEqual([
    [
      { mutation: 'queuePipelineRevoke', input: { grantId: 'gra_1' } },
      {
        mutation: 'queuePipelineGrant',
        input: {
          ...{ queueId: 'que_shut', pipelineId: 'pip_api' },
          ...{ branches: ['main', 'topic'], expiresAt: null },
        },
      },
    ],
    [{ mutation: 'clusterQueueUpdate', input: { queueId: 'que_shut', mode: 'OPEN' } }],
  ]);
});
