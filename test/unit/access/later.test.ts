import type { Fact } from '../../../src/access/facts';
import { laterFacts, lastsUntil } from '../../../src/access/later';
import { memoryFacts } from '../../support/memory-facts';
import { sampleId } from '../../support/sample-ids';

const [org, user, team, cluster] = [
  sampleId('org'),
  sampleId('usr'),
  sampleId('tea'),
  sampleId('clu'),
];
const NOW = 1000;

function fact(
  relation: Fact['relation'],
  subject: string,
  object: string,
  expiresAt: number | null = null,
  level: string | null = null,
): Fact {
  const source = `${relation} of ${subject} until ${String(expiresAt)}`;
  return { relation, subject, object, level, detail: null, source, from: 1, expiresAt };
}

function given(...facts: readonly Fact[]) {
  return memoryFacts({
    organizationId: org,
    moment: { position: 9, instant: NOW },
    facts: [
      fact('member', user, org, null, 'MEMBER'),
      fact('cluster', cluster, org),
      fact('team', team, org),
      ...facts,
    ],
  });
}

const question = {
  principal: { kind: 'user', id: user, scopes: null },
  action: 'cluster:use',
  resource: cluster,
} as const;

const use = (holder: string, until: number | null) =>
  fact('clusterGrant', holder, cluster, until, 'USE');

test('a right lasts as long as the first fact of its chain that ends', () => {
  const membership = fact('teamMember', user, team, 2000, 'MEMBER');
  expect(lastsUntil(given(membership, use(team, 3000)), question)).toBe(2000);
  expect(lastsUntil(given(membership, use(team, null)), question)).toBe(2000);
});

test('of several chains the longest counts, however many end before', () => {
  const chains = [use(user, 2000), use(user, 3000), fact('clusterMaintainer', user, cluster, 4000)];
  expect(lastsUntil(given(...chains), question)).toBe(4000);
  expect(lastsUntil(given(...chains, use(user, null)), question)).toBe(Infinity);
});

test('what is not allowed now lasts until now', () => {
  expect(lastsUntil(given(), question)).toBe(NOW);
  expect(lastsUntil(given(use(user, NOW)), question)).toBe(NOW);
});

test('some facts may be taken to last', () => {
  const membership = fact('teamMember', user, team, 2000, 'MEMBER');
  const facts = given(membership, use(team, 3000));
  const ends = ({ relation, expiresAt }: Fact) =>
    relation === 'teamMember' ? Infinity : (expiresAt ?? Infinity);
  expect(lastsUntil(facts, question, ends)).toBe(3000);
});

test('later, what has ended is gone by every way to it, and the rest is there', () => {
  const facts = given(
    fact('teamMember', user, team, 2000, 'MEMBER'),
    use(team, null),
    use(user, 3000),
  );
  const later = laterFacts(facts, 2000);
  expect(later.moment).toEqual({ position: 9, instant: 2000 });
  expect(later.of(user, 'teamMember')).toEqual([]);
  expect(later.between(user, 'teamMember', team)).toEqual([]);
  expect(later.on(team, 'teamMember')).toEqual([]);
  expect(later.on(cluster, 'clusterGrant', 'USE')).toHaveLength(2);
  expect(later.held(user, 'clusterGrant', cluster)).toEqual([
    { fact: use(user, 3000), membership: null },
  ]);
  expect(laterFacts(facts, 3000).held(user, 'clusterGrant', cluster)).toEqual([]);
});
