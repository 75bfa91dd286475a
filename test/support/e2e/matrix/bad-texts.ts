/** Longer than any text of any input may be, and easily found again where it must not be. */
export const TOO_LONG = 'a'.repeat(20_000);

/** Text that people read: it may be empty, and have several lines. */
const FREE_TEXT = new Set(['description', 'note', 'reason']);

/** What no text may hold, wherever it stands: it would look like something that it is not. */
const NOWHERE = {
  'a null character': '\u0000',
  'an escape': '\u001b',
  'a delete': '\u007f',
  'a right-to-left override': '\u202e',
  'a zero-width space': '\u200b',
  'a zero-width joiner between Latin letters': '\u200d',
  'a byte order mark': '\ufeff',
  'a Hangul filler': '\u3164',
  'a line separator': '\u2028',
  'half a surrogate pair': '\ud800',
  'a Cyrillic letter that looks Latin': '\u0430',
  'a Greek letter that looks Latin': '\u03bf',
  'a letter in two parts': 'e\u0301',
};

/** Keys are judged as keys, whatever is wrong with their text. */
const CODES: Readonly<Record<string, string>> = { publicKey: 'KEY_REFUSED' };

/** Texts that are bad in themselves, made from one that is good. */
export function badTexts(field: string, valid: unknown) {
  if (typeof valid !== 'string') throw new TypeError(`${field}: the valid value is no text`);
  const code = CODES[field] ?? 'BAD_USER_INPUT';
  // JSON, which a public key is given in, may be broken into lines.
  const isOneLine = !FREE_TEXT.has(field) && field !== 'publicKey';
  const lines = isOneLine ? { 'a line break': '\n' } : {};
  const within = Object.entries({ ...NOWHERE, ...lines }).map(([what, characters]) => ({
    what: `with ${what}`,
    value: valid.slice(0, 1) + characters + valid.slice(1),
    code,
  }));
  const empty = FREE_TEXT.has(field) ? [] : [{ what: 'no text', value: '', code }];
  return [...within, ...empty, { what: 'too long', value: TOO_LONG, code: 'BAD_USER_INPUT' }];
}
