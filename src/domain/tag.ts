/** Tags: `key=value` strings that an agent carries and that a job's tags narrow by. */

export const TAG_PATTERN =
  '^[a-z0-9](?:[a-z0-9._-]{0,62})=[A-Za-z0-9](?:[A-Za-z0-9._:/@+-]{0,99})?$';
export const TAGS_MAX = 32;

const TAG = new RegExp(TAG_PATTERN, 'u');

/** True if the text is a well-formed tag. */
export function isTag(text: string): boolean {
  return TAG.test(text);
}
