import { ValidateBy, type ValidationArguments } from 'class-validator';
import { isAction } from '../../access/actions';
import { hasResources } from '../../access/lists/ask';
import { isScope } from '../../access/scopes';
import { BRANCH_PATTERN, BRANCH_PATTERNS_MAX } from '../../domain/branch-pattern';
import { isAgentKeyId, isId, type IdPrefix } from '../../domain/id';
import { TAGS_MAX, isTag } from '../../domain/tag';
import {
  COLOR_PATTERN,
  NAME_MAX,
  QUEUE_KEY_PATTERN,
  SLUG_PATTERN,
  TEXT_MAX,
  isEmail,
  isEmoji,
  nameFault,
  textFault,
} from '../../domain/text';
import { ADDRESS_RANGES_MAX, addressRangeFault } from '../../domain/address-range';
import { distinctList, matches, rule, unless, type ListBounds } from './rule';

const PUBLIC_KEY_TEXT_MAX = 16_384;

/** A one-line name of 1 to `max` characters, without look-alikes and hidden characters. */
export const IsName = (max = NAME_MAX): PropertyDecorator =>
  rule('isName', (value) => nameFault(value, max));

/** Free text of up to `max` characters; may be empty. */
export const IsText = (max = TEXT_MAX): PropertyDecorator =>
  rule('isText', (value) => textFault(value, max));

export const IsSlug = (): PropertyDecorator =>
  rule(
    'isSlug',
    unless(
      matches(SLUG_PATTERN),
      'must have 1 to 63 lower-case letters, digits and hyphens, and none of these at the ends',
    ),
  );

export const IsQueueKey = (): PropertyDecorator =>
  rule(
    'isQueueKey',
    unless(
      matches(QUEUE_KEY_PATTERN),
      'must have 1 to 63 lower-case letters, digits, hyphens and underscores, with a letter or digit at the ends',
    ),
  );

export const IsColor = (): PropertyDecorator =>
  rule('isColor', unless(matches(COLOR_PATTERN), 'must be like #1a2b3c, in lower case'));

export const IsEmoji = (): PropertyDecorator =>
  rule('isEmoji', unless(isEmoji, 'must be one emoji'));

export const IsEmailAddress = (): PropertyDecorator =>
  rule('isEmailAddress', unless(isEmail, 'must be an e-mail address'));

/** An id of one of the kinds. */
export const IsId = (...prefixes: readonly IdPrefix[]): PropertyDecorator =>
  rule(
    'isId',
    unless(
      (value) => prefixes.some((prefix) => isId(prefix, value)),
      `must be an id that begins with ${prefixes.map((prefix) => `${prefix}_`).join(' or ')}`,
    ),
  );

export const IsAgentKeyId = (): PropertyDecorator =>
  rule('isAgentKeyId', unless(isAgentKeyId, 'must be an id that begins with key_'));

/** Chosen by the client, to make repeating a mutation safe. */
export const IsIdempotencyKey = (): PropertyDecorator =>
  rule(
    'isIdempotencyKey',
    unless(
      matches('^[!-~]{1,100}$'),
      'must have 1 to 100 printable ASCII characters without spaces',
    ),
  );

const list = (bounds: ListBounds, items: PropertyDecorator): PropertyDecorator => {
  const whole = distinctList(bounds);
  return (target, property) => {
    whole(target, property);
    items(target, property);
  };
};

/** Distinct ids of one kind, at least one. */
export const IsIdList = (prefix: IdPrefix, max: number): PropertyDecorator =>
  list({ min: 1, max }, IsId(prefix));

export const IsTag = (): PropertyDecorator =>
  rule('isTag', unless(isTag, 'must be a tag like key=value'));

/** Distinct tags. */
export const IsTagList = (): PropertyDecorator => list({ max: TAGS_MAX }, IsTag());

/** The full name of an action. */
export const IsAction = (): PropertyDecorator =>
  rule('isAction', unless(isAction, 'must be the name of an action, such as cluster:use'));

/** The full name of an action that is for things of one kind. */
export const IsListedAction = (): PropertyDecorator =>
  rule(
    'isListedAction',
    unless(
      (value) => isAction(value) && hasResources(value),
      'must be the name of an action on things of one kind, such as cluster:use',
    ),
  );

/** Distinct branch patterns. */
export const IsBranchPatternList = (): PropertyDecorator =>
  list(
    { max: BRANCH_PATTERNS_MAX },
    rule(
      'isBranchPattern',
      unless(
        matches(BRANCH_PATTERN),
        'must have 1 to 255 printable ASCII characters without spaces',
      ),
    ),
  );

/** Distinct address ranges in CIDR notation. */
export const IsAddressRangeList = (): PropertyDecorator =>
  list({ max: ADDRESS_RANGES_MAX }, rule('isAddressRange', addressRangeFault));

/** Distinct scopes of an API token, at least one. */
export const IsScopeList = (): PropertyDecorator =>
  list(
    { min: 1, max: 100 },
    rule('isScope', unless(isScope, 'must be read, write or the name of an action')),
  );

/**
 * A key as text. Admission judges it; the limit leaves room for what is no JWK, so that a private
 * key in any format is still recognised and its owner warned.
 */
export const IsPublicKeyText = (): PropertyDecorator =>
  rule(
    'isPublicKeyText',
    unless((value) => value.length <= PUBLIC_KEY_TEXT_MAX, 'must have at most 16384 characters'),
  );

/** May be left out, which keeps what is there, but not be null. */
export const IsNotNull = (): PropertyDecorator =>
  ValidateBy({
    name: 'isNotNull',
    validator: {
      validate: (value) => value !== null,
      defaultMessage: () => 'may be left out, but not null',
    },
  });

/** The version of an entity; they begin at 1. */
export const IsVersion = (): PropertyDecorator =>
  ValidateBy({
    name: 'isVersion',
    validator: {
      validate: (value) => value == null || (typeof value === 'number' && value >= 1),
      defaultMessage: () => 'must be at least 1',
    },
  });

/** Must be given, though it may be null: leaving out is too easily a mistake. */
export const IsGiven = (): PropertyDecorator =>
  ValidateBy({
    name: 'isGiven',
    validator: {
      validate: (value) => value !== undefined,
      defaultMessage: () => 'must be given, if only as null',
    },
  });

/** Of this property and another exactly one must be given. */
export const IsOnlyWithout = (other: string): PropertyDecorator =>
  ValidateBy({
    name: 'isOnlyWithout',
    validator: {
      validate: (value, args) => (value == null) !== (twinOf(args, other) == null),
      defaultMessage: () => `must be given if ${other} is not, and only then`,
    },
  });

/** Of this property and another at most one may be given. */
export const IsAtMostOneWith = (other: string): PropertyDecorator =>
  ValidateBy({
    name: 'isAtMostOneWith',
    validator: {
      validate: (value, args) => value == null || twinOf(args, other) == null,
      defaultMessage: () => `must not be given together with ${other}`,
    },
  });

/** The input of a mutation where it is only previewed: what concerns its own request has no place. */
export const IsPreviewed = (): PropertyDecorator =>
  ValidateBy({
    name: 'isPreviewed',
    validator: {
      validate: (value: object | null | undefined) =>
        !givenIn(value ?? {}).some((name) => ['idempotencyKey', 'dryRun'].includes(name)),
      defaultMessage: () => 'must have neither idempotencyKey nor dryRun in a preview',
    },
  });

function givenIn(object: object): readonly string[] {
  return Object.entries(object).flatMap(([name, value]) => (value == null ? [] : [name]));
}

function twinOf(args: ValidationArguments | undefined, name: string): unknown {
  const object: object = args?.object ?? {};
  return Object.entries(object).find(([property]) => property === name)?.[1];
}
