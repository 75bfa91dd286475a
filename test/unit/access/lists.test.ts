import { hasResources } from '../../../src/access/lists/ask';
import { actionsOf, resourcesOf, subjectsOf } from '../../../src/access/lists/lists';
import { waysIn } from '../../../src/access/ways-in';
import {
  acme,
  asks,
  granted,
  inTeam,
  letsCreate,
  maintains,
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
