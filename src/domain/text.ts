/**
 * What people may type: slugs, queue keys, names and free text. The limits are part of the API's
 * contract; events repeat them in their schemas.
 */

export const SLUG_PATTERN = '^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$';
export const QUEUE_KEY_PATTERN = '^[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?$';
export const COLOR_PATTERN = '^#[0-9a-f]{6}$';
export const NAME_MAX = 100;
export const TEXT_MAX = 2000;
export const NOTE_MAX = 500;
export const EMAIL_MAX = 254;

// Control, format (zero-width, bidirectional overrides), surrogate, private-use and unassigned
// characters, and letters that show nothing, such as Hangul fillers.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u;
// Those that real text needs: joiners and selectors inside emoji, and joiners after the letters of
// scripts that know them (UAX #31). Between Latin letters they only make equal names unequal.
const JOINERS =
  /(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])(?:\u200d|\ufe0f)|\ufe0f(?=\u20e3)|(?<=(?!\p{Script=Latin}|\p{Script=Inherited})[\p{L}\p{M}])[\u200c\u200d]/gu;
// Most texts are of these alone, which are all visible, normalised and no look-alikes.
const PLAIN = /^[ -~]*$/u;
const LATIN = /\p{Script=Latin}/u;
const LOOKALIKE =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Lisu}]/u;
const WORD = /[\p{L}\p{M}]+/gu;

/**
 * The fault of a one-line name, or null: 1 to `max` characters, normalised (NFC), no control or
 * invisible characters, no space at the ends, and no word that mixes Latin letters with those of a
 * script that holds look-alikes (after UTS #39).
 */
export function nameFault(text: string, max = NAME_MAX): string | null {
  if (text.length === 0) return 'must not be empty';
  if (/^\s|\s$/u.test(text)) return 'must not begin or end with a space';
  return characterFault(text, max);
}

/** The fault of free text, or null: like a name, but may be empty and hold line breaks. */
export function textFault(text: string, max = TEXT_MAX): string | null {
  return characterFault(text.replaceAll(/[\n\t]/gu, ' '), max);
}

function characterFault(text: string, max: number): string | null {
  if (text.length > max) return `must have at most ${String(max)} characters`;
  if (PLAIN.test(text)) return null;
  if (text !== text.normalize('NFC')) return 'must be normalised (Unicode NFC)';
  if (HIDDEN.test(text.replaceAll(JOINERS, ''))) {
    return 'must not contain control or invisible characters';
  }
  for (const [word] of text.matchAll(WORD)) {
    if (LATIN.test(word) && LOOKALIKE.test(word)) {
      return 'must not mix Latin letters with look-alikes of another script in one word';
    }
  }
  return null;
}

/**
 * True if an e-mail address is plausible: one `@`, a dotted domain, no spaces, at most 254, and no
 * character that a name could not have.
 */
export function isEmail(text: string): boolean {
  return (
    nameFault(text, EMAIL_MAX) === null &&
    /^[^\s@"<>]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/u.test(text)
  );
}

/** True if an emoji is one: a single pictographic grapheme, or a flag. */
export function isEmoji(text: string): boolean {
  if (text.length > 32) return false;
  const graphemes = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)];
  return (
    graphemes.length === 1 && /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}/u.test(text)
  );
}
