import { parseValue, valueFromAST } from 'graphql';
import fc from 'fast-check';
import { DateTime, parseInstant } from '../../../src/graphql/scalars/date-time';
import { Position } from '../../../src/graphql/scalars/position';

describe('DateTime', () => {
  test.each([
    ['2024-03-01T12:00:00.000Z', Date.UTC(2024, 2, 1, 12)],
    ['2024-03-01T12:00:00Z', Date.UTC(2024, 2, 1, 12)],
    ['2024-02-29T23:59:59.9Z', Date.UTC(2024, 1, 29, 23, 59, 59, 900)],
    ['2024-03-01T00:30:00+01:00', Date.UTC(2024, 1, 29, 23, 30)],
    ['1970-01-01T00:00:00Z', 0],
  ])('reads %s', (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
    expect(DateTime.parseValue(text)).toBe(instant);
  });

  test.each([
    '2024-03-01',
    '2024-03-01T12:00:00',
    '2024-02-30T12:00:00Z',
    '2023-02-29T12:00:00Z',
    '2024-00-10T12:00:00Z',
    '2024-13-10T12:00:00Z',
    '2024-03-01T24:00:00Z',
    '2024-03-01T23:59:60Z',
    '2024-03-01 12:00:00Z',
    '2024-03-01t12:00:00z',
    '2024-03-01T12:00:00.0001Z',
    '1969-12-31T23:59:59Z',
    '1970-01-01T00:00:00+01:00',
    '+002024-03-01T12:00:00Z',
    '',
    'now',
  ])('refuses %s, without repeating it', (text) => {
    expect(parseInstant(text)).toBeNull();
    expect(() => DateTime.parseValue(text)).toThrow(/^DateTime must be [^"]*$/u);
  });

  test.each([0, 1_700_000_000_000, null, {}, true])('refuses the value %p', (value) => {
    expect(() => DateTime.parseValue(value)).toThrow('DateTime must be');
  });

  test('literals are strings', () => {
    expect(valueFromAST(parseValue('"2024-03-01T12:00:00Z"'), DateTime)).toBe(
      Date.UTC(2024, 2, 1, 12),
    );
    expect(valueFromAST(parseValue('1700000000000'), DateTime)).toBeUndefined();
  });

  test('every instant from 1970 to 9999 survives both ways', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) }), (instant) => {
        expect(DateTime.parseValue(DateTime.serialize(instant))).toBe(instant);
      }),
    );
  });

  test('only a number of milliseconds is written', () => {
    expect(() => DateTime.serialize('2024-03-01')).toThrow(TypeError);
  });
});

describe('Position', () => {
  test.each([1, 2_147_483_648, Number.MAX_SAFE_INTEGER])('takes %p both ways', (position) => {
    expect(Position.parseValue(position)).toBe(position);
    expect(Position.serialize(position)).toBe(position);
    expect(valueFromAST(parseValue(String(position)), Position)).toBe(position);
  });

  test.each([0, -1, 1.5, Number.MAX_SAFE_INTEGER + 1, Number.NaN, '1', null])(
    'refuses %p',
    (value) => {
      expect(() => Position.parseValue(value)).toThrow('Position must be');
    },
  );

  test.each(['0', '9007199254740993', '99999999999999999999', '1.0', '"1"'])(
    'refuses the literal %s',
    (literal) => {
      expect(valueFromAST(parseValue(literal), Position)).toBeUndefined();
    },
  );

  test('an empty ledger stands at 0', () => {
    expect(Position.serialize(0)).toBe(0);
    expect(() => Position.serialize(-1)).toThrow(TypeError);
    expect(() => Position.serialize(2 ** 53)).toThrow(TypeError);
  });
});
