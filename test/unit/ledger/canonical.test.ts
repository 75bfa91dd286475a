import { canonicalJson } from '../../../src/ledger/canonical';
import { NotCanonical } from '../../../src/ledger/errors';

describe('the canonical form', () => {
  it('sorts members by UTF-16 code units, as RFC 8785 shows in section 3.2.3', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.keys(JSON.parse(canonicalJson({ a: value })) as object)).toEqual(['a']);
    expect(canonicalJson(value)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control",' +
        '"\u00f6":"Latin Small Letter O With Diaeresis","\u20ac":"Euro Sign",' +
        '"\ud83d\ude00":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    );
  });

  it('writes literals, numbers and strings as RFC 8785 shows in section 3.2.2', () => {
    const value = {
      numbers: [333333333.3333333, 4.5, 2e-3, 0.000000000000000000000000001, -0],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"\u002f',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,4.5,0.002,1e-27,0],' +
        '"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('keeps what only looks like an escaped surrogate', () => {
    expect(canonicalJson({ path: 'C:\\ud800', doubled: '\\\\udfff' })).toBe(
      '{"doubled":"\\\\\\\\udfff","path":"C:\\\\ud800"}',
    );
  });

  it('takes the largest exact integers', () => {
    const { MAX_SAFE_INTEGER: max, MIN_SAFE_INTEGER: min } = Number;
    expect(canonicalJson({ max, min })).toBe('{"max":9007199254740991,"min":-9007199254740991}');
  });

  it('takes nested values up to its depth', () => {
    expect(() => canonicalJson(nested(31))).not.toThrow();
    expect(() => canonicalJson(nested(32))).toThrow(NotCanonical);
  });

  const holes: unknown[] = [1];
  holes[2] = 3;
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a bigint', 1n],
    ['NaN', NaN],
    ['infinity', Infinity],
    ['an unsafe integer', 2 ** 53],
    ['a negative unsafe integer', -(2 ** 53)],
    ['a huge number', 1e30],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['bytes', Buffer.from('x')],
    ['a boxed string', Object('x')],
    ['an object with its own JSON', { toJSON: () => 1 }],
    ['an array with a hole', holes],
    ['a circle', circular],
    ['a lone high surrogate', 'a\ud800'],
    ['a lone low surrogate', '\udc00b'],
    ['reversed surrogates', '\udc00\ud800'],
    ['a surrogate behind a backslash', '\\\ud800'],
    ['a name with a lone surrogate', { '\ud800': 1 }],
  ])('refuses %s, wherever it stands', (_, value) => {
    expect(() => canonicalJson({ value })).toThrow(NotCanonical);
    expect(() => canonicalJson({ list: [{ deep: value }] })).toThrow(NotCanonical);
  });

  it('says where the fault is', () => {
    expect(() => canonicalJson({ a: [1, { b: NaN }] })).toThrow('/a/1/b is not a finite number');
  });
});

function nested(depth: number): Record<string, unknown> {
  let value: Record<string, unknown> = {};
  for (let level = 0; level < depth; level += 1) value = { inner: value };
  return value;
}
