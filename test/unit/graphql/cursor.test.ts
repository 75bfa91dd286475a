import fc from 'fast-check';
import { decodeCursor, encodeCursor } from '../../../src/graphql/paging/cursor';

const part = fc.oneof(fc.string({ maxLength: 80 }), fc.maxSafeInteger());

test('a cursor brings back its parts', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      expect(decodeCursor('cluster/KEY', encodeCursor('cluster/KEY', parts))).toEqual(parts);
    }),
  );
});

test('a cursor is of one list', () => {
  const cursor = encodeCursor('cluster/KEY', ['a', 'b']);
  expect(() => decodeCursor('cluster/CREATED', cursor)).toThrow('not one of this list');
});

const encoded = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

test.each([
  ['nothing', ''],
  ['no base64url', '***'],
  ['no JSON', Buffer.from('nonsense').toString('base64url')],
  ['no list', encoded({ 0: 1, 1: 'cluster/KEY' })],
  ['another version', encoded([2, 'cluster/KEY', 'a'])],
  ['a version as text', encoded(['1', 'cluster/KEY', 'a'])],
  ['a part that is an object', encoded([1, 'cluster/KEY', { sort: 'a' }])],
  ['a part that is no whole number', encoded([1, 'cluster/KEY', 1.5])],
  ['a part that is null', encoded([1, 'cluster/KEY', null])],
  ['too much', encodeCursor('cluster/KEY', ['x'.repeat(4096)])],
])('%s is BAD_USER_INPUT', (_what, cursor) => {
  expect(() => decodeCursor('cluster/KEY', cursor)).toThrow(
    expect.objectContaining({
      extensions: expect.objectContaining({
        code: 'BAD_USER_INPUT',
        fields: [expect.objectContaining({ field: 'after' })],
      }),
    }),
  );
});

test('any text is refused or understood, never a crash', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        decodeCursor('cluster/KEY', text);
      } catch (error) {
        expect(error).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
      }
    }),
  );
});
