import { pairCount } from '../../../src/access/difference/blocks';
import { difference } from '../../../src/access/difference/difference';
import { pairsAfter } from '../../../src/access/difference/pairs';
import type { Fact, Facts } from '../../../src/access/facts';
import {
  acme,
  granted,
  inTeam,
  letsCreate,
  maintains,
  member,
  queueIn,
} from '../../support/access/given';

const MEMBERS = 10_000;
const QUEUES = 100;

const name = (n: number): string => String(n).padStart(5, '0');
const USERS = Array.from({ length: MEMBERS }, (_, n) => `usr_${name(n)}`);

/** Ten thousand members in the team red, some with something of their own; a hundred OPEN queues. */
const GIVEN: readonly Fact[] = [
  ...USERS.map((id, n) => member(id, n === 7 ? 'ADMIN' : n === 8 ? 'AUDITOR' : 'MEMBER')),
  ...USERS.map((id) => inTeam(id, 'tea_red')),
  ...Array.from({ length: QUEUES }, (_, n) => queueIn(`que_${name(n)}`, 'clu_test', 'OPEN')),
  maintains('usr_00009', 'clu_test'),
  granted('usr_00010', 'USE', 'clu_test'),
  letsCreate('tea_red'),
];

/** Counts how often it is asked what a member holds: the engine does so for nearly every answer. */
function counting(facts: Facts): { readonly facts: Facts; readonly held: () => number } {
  let asked = 0;
  const held: Facts['held'] = (...of) => {
    asked += 1;
    return facts.held(...of);
  };
  return { facts: { ...facts, held }, held: () => asked };
}

test('a large team that gains a large cluster is decided once for all who stand alike', () => {
  const grant = granted('tea_red', 'USE', 'clu_test');
  const [before, after] = [counting(acme(GIVEN)), counting(acme([...GIVEN, grant]))];
  const blocks = difference(before.facts, after.facts, [grant]);

  // ADMIN, AUDITOR and the maintainer gain nothing; whoever had USE already gains the queues.
  const queues = QUEUES + 1;
  expect(pairCount(blocks)).toBe((MEMBERS - 3) * (queues + 1));
  expect(before.held() + after.held()).toBeLessThan(20 * queues);

  const pages = [...pairsAfter(blocks, { subject: 'usr_00009', resource: 'zzz' })].slice(0, 2);
  expect(pages.map(({ subject, resource }) => `${subject} ${resource}`)).toEqual([
    'usr_00010 clu_test',
    'usr_00010 que_00000',
  ]);
  expect(pages[0]?.actions.map(({ action }) => action)).toEqual([
    'cluster:reach',
    'pipeline:create',
  ]);
});
