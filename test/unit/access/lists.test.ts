import type { Facts } from '../../../src/access/facts';
import { hasResources } from '../../../src/access/lists/ask';
import { actionsOf, resourcesOf, subjectsOf } from '../../../src/access/lists/lists';
import { seenResources, seenSubjects } from '../../../src/access/lists/seen';
import { waysIn } from '../../../src/access/ways-in';
import {
  acme,
  asks,
  exists,
  granted,
  inTeam,
  letsCreate,
  maintains,
  member,
  pipeline,
  pipelineIn,
  takes,
  user,
} from '../../support/access/given';

const reachedBy = (
  facts: ReturnType<typeof acme>,
  action: 'cluster:reach' | 'queue:reach',
  resource: string,
) => subjectsOf(facts, 'user', resource, { action });

describe('who reaches', () => {
  const given = [
    maintains('tea_blue', 'clu_prod'),
    inTeam('usr_eve', 'tea_blue'),
    granted('tea_red', 'USE', 'clu_prod'),
    inTeam('usr_ann', 'tea_red'),
    inTeam('usr_bot', 'tea_red'),
    inTeam('usr_iris', 'tea_red'),
    inTeam('usr_gone', 'tea_red'),
    granted('usr_bot', 'BUILD', 'pip_api'),
  ];

  test('ADMINs, maintainers and builders, in the order of their ids', () => {
    expect(reachedBy(acme(given), 'cluster:reach', 'clu_prod')).toEqual([
      'usr_bot',
      'usr_eve',
      'usr_root',
    ]);
    expect(reachedBy(acme(given), 'queue:reach', 'que_shut')).toEqual(['usr_eve', 'usr_root']);
  });

  test('everyone who may create, where the organization or their team lets them', () => {
    const all = ['usr_ann', 'usr_bot', 'usr_eve', 'usr_root'];
    for (const owner of ['org_acme', 'tea_red']) {
      const facts = acme([...given, letsCreate(owner)]);
      expect(reachedBy(facts, 'queue:reach', 'que_open')).toEqual(all);
      expect(reachedBy(facts, 'queue:reach', 'que_shut')).toEqual(['usr_eve', 'usr_root']);
    }
    const facts = acme([...given, letsCreate('tea_blue')]);
    expect(reachedBy(facts, 'queue:reach', 'que_open')).not.toContain('usr_ann');
  });

  test('nobody by a grant left on a pipeline that is elsewhere by now', () => {
    const here = [...given, takes('que_shut', 'pip_api')];
    const moved = [...here, pipelineIn('pip_api', 'clu_test')];
    expect(reachedBy(acme(here), 'queue:reach', 'que_shut')).toContain('usr_bot');
    expect(reachedBy(acme(moved), 'queue:reach', 'que_shut')).not.toContain('usr_bot');
  });

  test('each with every way in, grouped, and what each fact carries', () => {
    const more = [letsCreate('tea_red'), granted('usr_bot', 'USE', 'clu_prod')];
    const facts = acme([...given, ...more]);
    const [found] = waysIn(facts, [asks('usr_bot', 'queue:reach', 'que_open')]);
    expect(
      found?.groups.map(({ kind, pipelineId, parts }) => [
        kind,
        pipelineId,
        ...parts.map(({ alternatives }) => alternatives.length),
      ]),
    ).toEqual([
      ['CREATES', null, 1, 1],
      ['BUILDS', 'pip_api', 1, 2, 1],
    ]);
    expect(found?.wayCount).toBe(3);
    const carried = (id: string): number | undefined =>
      found?.facts.find(({ fact }) => fact.subject === id && fact.relation !== 'member')?.inWays;
    // The team lends USE to the one way of creating and to one of the two ways of building.
    expect(['tea_red', 'usr_bot', 'que_open', 'pip_api'].map(carried)).toEqual([2, 2, 3, 2]);
    expect(found?.facts[0]).toMatchObject({ inWays: 3 });
  });

  test('nobody, where there is no such thing', () => {
    expect(reachedBy(acme(given), 'cluster:reach', 'clu_gone')).toEqual([]);
    expect(reachedBy(acme(given), 'queue:reach', 'que_gone')).toEqual([]);
    expect(reachedBy(acme(given), 'queue:reach', 'clu_prod')).toEqual([]);
  });
});

describe('what somebody may', () => {
  test('a pipeline runs on the OPEN queues of its cluster, and on those that grant it', () => {
    const facts = acme([takes('que_shut', 'pip_api', ['main'])]);
    const on = (branch?: string) =>
      resourcesOf(facts, pipeline('pip_api'), { action: 'queue:run', ...(branch && { branch }) });
    expect(on()).toEqual(['que_open']);
    expect(on('main')).toEqual(['que_open', 'que_shut']);
    expect(on('dev')).toEqual(['que_open']);
  });

  test('an ADMIN may it on everything, an AUDITOR read it, a MEMBER what they hold', () => {
    const facts = acme([granted('tea_red', 'USE', 'clu_test'), inTeam('usr_ann', 'tea_red')]);
    const use = { action: 'cluster:use' } as const;
    expect(resourcesOf(facts, user('usr_root'), use)).toEqual(['clu_prod', 'clu_test']);
    expect(resourcesOf(facts, user('usr_iris'), use)).toEqual([]);
    expect(resourcesOf(facts, user('usr_iris'), { action: 'cluster:read' })).toHaveLength(2);
    expect(resourcesOf(facts, user('usr_ann'), use)).toEqual(['clu_test']);
  });

  test('a token narrows what one may, not who may', () => {
    const facts = acme([maintains('usr_ann', 'clu_prod')]);
    const narrow = user('usr_ann', ['cluster:use']);
    expect(resourcesOf(facts, narrow, { action: 'cluster:manage' })).toEqual([]);
    expect(actionsOf(facts, narrow, 'clu_prod', {})).toEqual(['cluster:use']);
    expect(actionsOf(facts, user('usr_ann'), 'clu_prod', {})).toContain('cluster:manage');
  });

  test('things of every kind are no list', () => {
    expect(hasResources('access:ask')).toBe(false);
    expect(hasResources('cluster:use')).toBe(true);
    expect(() => resourcesOf(acme(), user('usr_root'), { action: 'access:ask' })).toThrow(
      RangeError,
    );
  });
});

describe('what an asker finds', () => {
  const given = [maintains('usr_ann', 'clu_prod'), granted('usr_eve', 'USE', 'clu_prod')];
  const asker = { kind: 'user', id: 'usr_ann', scopes: null } as const;
  const before = acme(given);
  const standpoint = { asker, facts: before, present: before };

  test('of those whom they cannot see by now only the number', () => {
    const run = { action: 'queue:run' } as const;
    expect(seenSubjects(standpoint, 'que_open', run)).toEqual({ ids: ['pip_api'], hidden: 0 });
    const present = acme([...given, pipelineIn('pip_api', 'clu_test')]);
    const later = { ...standpoint, present };
    expect(seenSubjects(later, 'que_open', run)).toEqual({ ids: [], hidden: 1 });
  });

  test('nothing on what they may not ask about, as on what there is not', () => {
    const use = { action: 'cluster:use' } as const;
    const nothing = { ids: [], hidden: 0 };
    expect(seenSubjects(standpoint, 'clu_prod', use).ids).toContain('usr_eve');
    expect(seenSubjects(standpoint, 'clu_test', use)).toEqual(nothing);
    expect(seenSubjects(standpoint, 'clu_gone', use)).toEqual(nothing);
    const eve = { kind: 'user', id: 'usr_eve' } as const;
    expect(seenResources(standpoint, eve, use)).toEqual({ ids: ['clu_prod'], hidden: 0 });
    const root = { kind: 'user', id: 'usr_root' } as const;
    expect(seenResources(standpoint, root, use)).toEqual({ ids: ['clu_prod'], hidden: 0 });
    expect(seenResources(standpoint, root, { action: 'pipeline:read' })).toEqual(nothing);
    const move = { action: 'pipeline:move', targetClusterId: 'clu_test' } as const;
    expect(seenResources(standpoint, root, move)).toEqual(nothing);
  });

  test('cost grows with the answer, not with the organization', () => {
    const crowd = Array.from({ length: 5000 }, (_, n) => member(`usr_${String(n)}`));
    const clusters = Array.from({ length: 500 }, (_, n) => exists('cluster', `clu_${String(n)}`));
    const [calls, more] = [before, acme([...given, ...crowd, ...clusters])].map((facts) => {
      const counted = countingFacts(facts);
      subjectsOf(counted.facts, 'user', 'clu_prod', { action: 'cluster:use' });
      resourcesOf(counted.facts, user('usr_eve'), { action: 'cluster:use' });
      return counted.read();
    });
    expect(more).toEqual(calls);
  });
});

/** The same facts; how many were read of them. */
function countingFacts(facts: Facts): { readonly facts: Facts; readonly read: () => number } {
  let read = 0;
  const count = <T>(found: readonly T[]): readonly T[] => {
    read += 1 + found.length;
    return found;
  };
  return {
    facts: {
      ...facts,
      of: (...args) => count(facts.of(...args)),
      on: (...args) => count(facts.on(...args)),
      between: (...args) => count(facts.between(...args)),
      held: (...args) => count(facts.held(...args)),
    },
    read: () => read,
  };
}
