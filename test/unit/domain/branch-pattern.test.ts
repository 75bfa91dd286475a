import fc from 'fast-check';
import { matchesBranch } from '../../../src/domain/branch-pattern';

test.each([
  ['main', 'main', true],
  ['main', 'Main', false],
  ['main', 'main2', false],
  ['main', '', false],
  ['*', '', true],
  ['*', 'any/thing', true],
  ['release/*', 'release/1/2', true],
  ['release/*', 'release/', true],
  ['release/*', 'release', false],
  ['*-hotfix', 'a-hotfix', true],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['a*b*c', 'a-b-c', true],
  ['a*b*c', 'acb', false],
  ['ab*ba', 'aba', false],
  ['**', 'x', true],
  ['.*', 'main', false],
  ['[main]', 'm', false],
  ['mai?', 'main', false],
])('%j on branch %j: %j', (pattern, branch, expected) => {
  expect(matchesBranch([pattern], branch)).toBe(expected);
});

test('one of several patterns is enough, none match nothing', () => {
  expect(matchesBranch(['main', 'v*'], 'v2')).toBe(true);
  expect(matchesBranch(['main', 'v*'], 'x2')).toBe(false);
  expect(matchesBranch([], 'main')).toBe(false);
});

test('agrees with a slow matcher that tries every way', () => {
  const slow = (pattern: string, branch: string): boolean => {
    if (pattern === '') return branch === '';
    const [first, rest] = [pattern.charAt(0), pattern.slice(1)];
    if (first !== '*') return branch.startsWith(first) && slow(rest, branch.slice(1));
    return slow(rest, branch) || (branch !== '' && slow(pattern, branch.slice(1)));
  };
  const letters = (...of: string[]) => fc.string({ unit: fc.constantFrom(...of), maxLength: 8 });
  fc.assert(
    fc.property(letters('a', 'b', '/', '*'), letters('a', 'b', '/'), (pattern, branch) => {
      expect(matchesBranch([pattern], branch)).toBe(slow(pattern, branch));
    }),
    { numRuns: 3000 },
  );
});

test('a hostile pattern costs no more than a long one', () => {
  const pattern = 'a*'.repeat(127);
  expect(matchesBranch([pattern], 'a'.repeat(255))).toBe(true);
  expect(matchesBranch([`${pattern}b`], 'a'.repeat(255))).toBe(false);
});
