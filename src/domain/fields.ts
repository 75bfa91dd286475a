import { addressRangeFault, ADDRESS_RANGES_MAX } from './address-range';
import { BRANCH_PATTERN, BRANCH_PATTERNS_MAX } from './branch-pattern';
import { refuse, type Refusal } from './refusal';
import { isTag, TAGS_MAX } from './tag';
import {
  COLOR_PATTERN,
  isEmail,
  isEmoji,
  NAME_MAX,
  nameFault,
  QUEUE_KEY_PATTERN,
  SLUG_PATTERN,
  TEXT_MAX,
  textFault,
} from './text';

/*
 * Judges what people typed, field by field, whoever sent it. What is absent, or null where null
 * clears, passes. A refusal never repeats what was typed.
 */

type Check = Refusal | undefined;
type Typed = string | null | undefined;

const SLUG = new RegExp(SLUG_PATTERN, 'u');
const QUEUE_KEY = new RegExp(QUEUE_KEY_PATTERN, 'u');
const COLOR = new RegExp(COLOR_PATTERN, 'u');
const BRANCH = new RegExp(BRANCH_PATTERN, 'u');

/** The first refusal among checks, or undefined when all pass. */
export function firstRefusal(...checks: readonly Check[]): Check {
  return checks.find((check) => check !== undefined);
}

function judge(field: string, value: Typed, faultOf: (text: string) => string | null): Check {
  const fault = value === undefined || value === null ? null : faultOf(value);
  return fault === null ? undefined : refuse('INVALID', field, `${field} ${fault}.`);
}

function unless(test: (text: string) => boolean, fault: string): (text: string) => string | null {
  return (text) => (test(text) ? null : fault);
}

export function checkSlug(slug: Typed): Check {
  const fault = 'must have 1 to 63 lower-case letters, digits and inner hyphens';
  return judge(
    'slug',
    slug,
    unless((text) => SLUG.test(text), fault),
  );
}

export function checkQueueKey(key: Typed): Check {
  const fault = 'must have 1 to 63 lower-case letters, digits, inner hyphens and underscores';
  return judge(
    'key',
    key,
    unless((text) => QUEUE_KEY.test(text), fault),
  );
}

export function checkName(name: Typed, field = 'name'): Check {
  return judge(field, name, (text) => nameFault(text));
}

export function checkText(text: Typed, field = 'description', max = TEXT_MAX): Check {
  return judge(field, text, (typed) => textFault(typed, max));
}

/** The description of an API token: one short line. */
export function checkShortText(text: Typed, field = 'description'): Check {
  return checkText(text, field, NAME_MAX);
}

export function checkEmailAddress(email: Typed, field = 'email'): Check {
  return judge(field, email, unless(isEmail, 'must be an e-mail address'));
}

export function checkEmoji(emoji: Typed): Check {
  return judge('emoji', emoji, unless(isEmoji, 'must be one emoji'));
}

export function checkColor(color: Typed): Check {
  const fault = 'must be like #1a2b3c, in lower case';
  return judge(
    'color',
    color,
    unless((text) => COLOR.test(text), fault),
  );
}

type List = readonly string[] | null | undefined;

/** Refuses a list that is too long, repeats an item, or holds one with a fault. */
export function checkList(
  field: string,
  list: List,
  max: number,
  faultOf: (item: string) => string | null,
): Check {
  if (list === undefined || list === null) return undefined;
  if (list.length > max) return refuse('INVALID', field, `${field} may have ${max} items at most.`);
  if (new Set(list).size < list.length) {
    return refuse('INVALID', field, `${field} must not name anything twice.`);
  }
  return firstRefusal(...list.map((item) => judge(field, item, faultOf)));
}

export function checkTags(tags: List): Check {
  return checkList('tags', tags, TAGS_MAX, unless(isTag, 'must hold tags like key=value'));
}

export function checkBranches(branches: List): Check {
  const fault = 'must hold patterns of 1 to 255 printable ASCII characters without spaces';
  const faultOf = unless((text) => BRANCH.test(text), fault);
  return checkList('branches', branches, BRANCH_PATTERNS_MAX, faultOf);
}

export function checkAddressRanges(ranges: List): Check {
  return checkList('addressRanges', ranges, ADDRESS_RANGES_MAX, (range) => {
    const fault = addressRangeFault(range);
    return fault === null ? null : `holds a range that ${fault}`;
  });
}

/** Refuses a slug or key that another entity has or ever had; its own old one is free to it. */
export function checkNameFree(
  owner: string | undefined,
  self: string | null,
  field: 'slug' | 'key' = 'slug',
): Check {
  if (owner === undefined || owner === self) return undefined;
  return refuse('TAKEN', field, `This ${field} is or was another's, and is never given again.`);
}
