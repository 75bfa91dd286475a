import { blockOf, type Difference } from '../../../src/access/difference/blocks';
import { DIFFERENCES, type DifferenceOf } from '../../../src/questions/remembered-differences';
import type { AskedBy } from '../../../src/questions/questions';
import type { Queries } from '../../../src/views/queries';

const BY: AskedBy = { organizationId: 'org_acme', userId: 'usr_root', scopes: ['write'] };
const OF = {
  moment: { position: 7, instant: 700 },
  tokenId: 'tok_root',
  changes: [{ mutation: 'teamDelete', input: { teamId: 'tea_red' } }],
} as const;

// Only which one it is matters: nothing is read from it.
const queries = (): Queries => ({}) as Queries;
const found = (size: number): Difference => [
  blockOf(
    Array.from({ length: size }, (_, n) => `usr_${String(n)}`),
    [],
  ),
];

/** Asks for a difference, and tells whether it had to be found. */
function isFound(from: Queries, by: AskedBy, of: DifferenceOf, size = 1): boolean {
  let times = 0;
  DIFFERENCES.once(from, by, of, () => {
    times += 1;
    return found(size);
  });
  return times > 0;
}

test('a difference is found once for all of its pages', () => {
  const from = queries();
  const changes = OF.changes.map(({ mutation, input }) => ({ mutation, input: { ...input } }));
  const again = { ...OF, moment: { ...OF.moment }, changes };
  expect(isFound(from, BY, OF)).toBe(true);
  expect(isFound(from, { ...BY }, again)).toBe(false);
  expect(isFound(queries(), BY, OF)).toBe(true);
});

test.each<[string, Partial<AskedBy>, Partial<typeof OF> | object]>([
  ['organization', { organizationId: 'org_other' }, {}],
  ['asker', { userId: 'usr_ann' }, {}],
  ['scopes', { scopes: ['read'] }, {}],
  ['token', {}, { tokenId: 'tok_ann' }],
  ['position', {}, { moment: { position: 8, instant: 700 } }],
  ['instant', {}, { moment: { position: 7, instant: 701 } }],
  ['plan', {}, { changes: [...OF.changes, ...OF.changes] }],
  ['change', {}, { changes: [{ mutation: 'teamDelete', input: { teamId: 'tea_blue' } }] }],
])('another %s is another difference', (_what, by, of) => {
  const from = queries();
  expect(isFound(from, BY, OF)).toBe(true);
  expect(isFound(from, { ...BY, ...by }, { ...OF, ...of })).toBe(true);
  expect(isFound(from, BY, OF)).toBe(false);
});

test('what lies between two moments is no plan, and what is too large is not kept', () => {
  const from = queries();
  const span = { from: OF.moment, to: { position: 9, instant: 900 } };
  expect(isFound(from, BY, OF)).toBe(true);
  expect(isFound(from, BY, span, 2_000_000)).toBe(true);
  expect(isFound(from, BY, span)).toBe(true);
  expect(isFound(from, BY, span)).toBe(false);
  expect(isFound(from, BY, OF)).toBe(false);
});
