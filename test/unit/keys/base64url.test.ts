import { decodeBase64url, encodeBase64url } from '../../../src/keys/base64url';

describe('base64url', () => {
  it.each(['AA', 'AAA', 'AAAA', '-_-_', 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU'])(
    'reads %s and writes it again',
    (text) => {
      const bytes = decodeBase64url(text);
      expect(bytes).not.toBeNull();
      expect(encodeBase64url(bytes ?? Buffer.of())).toBe(text);
    },
  );

  it.each([
    ['nothing', ''],
    ['padding', 'AA=='],
    ['one character', 'A'],
    ['five characters', 'AAAAA'],
    ['the standard alphabet', '+/+/'],
    ['a newline inside', 'AA\nAA'],
    ['a newline at the end', 'AAAA\n'],
    ['a space', 'AA AA'],
    ['unused bits set, two characters', 'AB'],
    ['unused bits set, three characters', 'AAB'],
    ['a dot', 'AA.A'],
    ['a NUL', 'AAAA\0'],
    ['a full-width letter', 'ＡAAA'],
    ['a code unit that ends in a letter’s byte', '\u0141AAA'],
  ])('refuses %s', (_name, text) => {
    expect(decodeBase64url(text)).toBeNull();
  });
});
