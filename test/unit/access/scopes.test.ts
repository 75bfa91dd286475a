import { ACTION_NAMES } from '../../../src/access/actions';
import { covers, isScope, within } from '../../../src/access/scopes';

test('a scope is read, write, or the name of an action', () => {
  expect(['read', 'write', 'cluster:use', ...ACTION_NAMES].every(isScope)).toBe(true);
  expect(['', '*', 'Read', 'cluster:*', 'cluster', 'toString', 'read '].filter(isScope)).toEqual(
    [],
  );
});

test('read covers looking and asking, write all the rest', () => {
  const reads = ACTION_NAMES.filter((action) => covers(['read'], action));
  expect(reads).toEqual([
    'organization:read',
    'audit:read',
    'team:read',
    'cluster:read',
    'pipeline:read',
    'access:ask',
    'api-token:read',
  ]);
  const writes = ACTION_NAMES.filter((action) => covers(['write'], action));
  expect([...reads, ...writes].sort()).toEqual([...ACTION_NAMES].sort());
});

test('a named action covers itself alone', () => {
  expect(ACTION_NAMES.filter((action) => covers(['cluster:manage'], action))).toEqual([
    'cluster:manage',
  ]);
  expect(ACTION_NAMES.filter((action) => covers(['unknown', ''], action))).toEqual([]);
});

test.each([
  [['read'], ['read'], true],
  [['read'], ['read', 'write'], true],
  [['read', 'write'], null, true],
  [['cluster:read'], ['read'], true],
  [['cluster:manage'], ['write'], true],
  [['cluster:manage'], ['cluster:manage', 'read'], true],
  [['cluster:manage'], ['read'], false],
  [['write'], ['read'], false],
  [['read', 'write'], ['read'], false],
  [['read'], ['write'], false],
  // `read` also covers reads that are yet to come.
  [['read'], ACTION_NAMES, false],
  [['unknown'], null, false],
  [['unknown'], ['unknown'], false],
])('%j within %j: %j', (narrow, wide, expected) => {
  expect(within(narrow, wide)).toBe(expected);
});
