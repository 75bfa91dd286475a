import { readStrictJson, type JsonFault } from '../../../src/keys/strict-json';

const read = (text: string) => readStrictJson(Buffer.from(text, 'utf8'));

describe('readStrictJson accepts', () => {
  it.each([
    '{}',
    '[]',
    '{"a":1,"b":[true,false,null,"x"],"c":{"d":-7}}',
    '{ "a" :\t1 ,\r\n "b" : [ ] }',
    '"caf\\u00e9 \\ud83d\\ude00 \\"\\\\\\/\\b\\f\\n\\r\\t"',
    '"😀\u007f\u2028"',
    '9007199254740991',
    '-9007199254740991',
    '0',
    '[[[[]]]]',
    `[${Array(64).fill('0').join(',')}]`,
    JSON.stringify('x'.repeat(4094)),
  ])('%.60s', (text) => {
    expect(read(text)).toEqual({ ok: true, value: JSON.parse(text) as unknown });
  });

  it('gives objects without a prototype, in which every name is an ordinary one', () => {
    const result = read('{"__proto__":{"admin":true},"constructor":1,"toString":2}');
    const value = result.ok ? (result.value as object) : {};
    expect(Object.getPrototypeOf(value)).toBeNull();
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor', 'toString']);
    expect('admin' in value).toBe(false);
  });
});

describe('readStrictJson refuses', () => {
  const cases: readonly [string, string, JsonFault][] = [
    ['nothing', '', 'SYNTAX'],
    ['4097 bytes', JSON.stringify('x'.repeat(4095)), 'TOO_LONG'],
    ['4097 bytes in fewer characters', JSON.stringify(`${'é'.repeat(2047)}x`), 'TOO_LONG'],
    ['a byte order mark', '\ufeff{}', 'ENCODING'],
    ['a space before', ' {}', 'SYNTAX'],
    ['a newline after', '{}\n', 'SYNTAX'],
    ['a second value after', '{}{}', 'SYNTAX'],
    ['a NUL after', '{}\0', 'SYNTAX'],
    ['a trailing comma', '{"a":1,}', 'SYNTAX'],
    ['a trailing comma in an array', '[1,]', 'SYNTAX'],
    ['single quotes', "{'a':1}", 'SYNTAX'],
    ['a bare name', '{a:1}', 'SYNTAX'],
    ['a comment', '{/**/}', 'SYNTAX'],
    ['a missing colon', '{"a"1}', 'SYNTAX'],
    ['a missing comma', '[1 2]', 'SYNTAX'],
    ['an open object', '{"a":1', 'SYNTAX'],
    ['an open array', '[1', 'SYNTAX'],
    ['an open string', '"abc', 'SYNTAX'],
    ['a raw newline in a string', '"a\nb"', 'SYNTAX'],
    ['a raw NUL in a string', '"\0"', 'SYNTAX'],
    ['an unknown escape', '"\\x41"', 'SYNTAX'],
    ['a short unicode escape', '"\\u41"', 'SYNTAX'],
    ['an unknown literal', 'nul', 'SYNTAX'],
    ['NaN', 'NaN', 'SYNTAX'],
    ['Infinity', '-Infinity', 'SYNTAX'],
    ['five levels', '[[[[[]]]]]', 'TOO_DEEP'],
    ['five levels of objects', '{"a":{"a":{"a":{"a":{}}}}}', 'TOO_DEEP'],
    ['2000 levels', '['.repeat(2000), 'TOO_DEEP'],
    ['65 items', `[${Array(65).fill('0').join(',')}]`, 'ARRAY_TOO_LONG'],
    ['a name twice', '{"alg":1,"alg":1}', 'DUPLICATE_NAME'],
    ['a name twice, once escaped', '{"alg":1,"\\u0061lg":2}', 'DUPLICATE_NAME'],
    ['a name twice further down', '{"a":[{"b":1,"b":2}]}', 'DUPLICATE_NAME'],
    ['__proto__ twice', '{"__proto__":1,"__proto__":1}', 'DUPLICATE_NAME'],
    ['a lone high surrogate', '"\\ud800"', 'LONE_SURROGATE'],
    ['a lone low surrogate', '"\\udc00x"', 'LONE_SURROGATE'],
    ['surrogates in the wrong order', '"\\ude00\\ud83d"', 'LONE_SURROGATE'],
    ['a lone surrogate in a name', '{"\\ud800":1}', 'LONE_SURROGATE'],
    ['a fraction', '1.5', 'NUMBER'],
    ['a whole fraction', '1.0', 'NUMBER'],
    ['an exponent', '1e3', 'NUMBER'],
    ['an infinite exponent', '{"exp":1e999}', 'NUMBER'],
    ['minus zero', '-0', 'NUMBER'],
    ['a leading zero', '01', 'NUMBER'],
    ['a leading plus', '+1', 'SYNTAX'],
    ['a lone minus', '-', 'SYNTAX'],
    ['two to the 53', '9007199254740992', 'NUMBER'],
    ['four hundred digits', '9'.repeat(400), 'NUMBER'],
    ['hexadecimal', '0x10', 'SYNTAX'],
  ];

  it.each(cases)('%s', (_name, text, fault) => {
    expect(read(text)).toEqual({ ok: false, fault });
  });

  it.each([
    ['invalid UTF-8', [0x22, 0xff, 0x22]],
    ['a cut UTF-8 sequence', [0x22, 0xe2, 0x82, 0x22]],
    ['an overlong quote', [0xc0, 0xa2, 0xc0, 0xa2]],
    ['an overlong slash', [0x22, 0xc0, 0xaf, 0x22]],
    ['an encoded surrogate', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['UTF-16', [0x22, 0x00, 0x22, 0x00]],
    ['a UTF-16 byte order mark', [0xff, 0xfe, 0x7b, 0x00]],
  ])('%s', (_name, bytes) => {
    expect(readStrictJson(Uint8Array.from(bytes)).ok).toBe(false);
  });
});
