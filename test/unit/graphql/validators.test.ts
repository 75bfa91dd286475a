import 'reflect-metadata';
import { GraphQLError } from 'graphql';
import { validateInput } from '../../../src/graphql/validation/validate-input';
import {
  IsAction,
  IsAddressRangeList,
  IsAgentKeyId,
  IsAtMostOneWith,
  IsBranchPatternList,
  IsColor,
  IsEmailAddress,
  IsEmoji,
  IsGiven,
  IsId,
  IsIdList,
  IsListedAction,
  IsIdempotencyKey,
  IsName,
  IsNotNull,
  IsOnlyWithout,
  IsPublicKeyText,
  IsQueueKey,
  IsScopeList,
  IsSlug,
  IsTag,
  IsTagList,
  IsText,
  IsVersion,
} from '../../../src/graphql/validation/validators';

/** The names of the rules that a value breaks. */
function broken(rule: PropertyDecorator, value: unknown, others: object = {}): readonly string[] {
  class Input {
    value: unknown;
  }
  rule(Input.prototype, 'value');
  try {
    validateInput(Object.assign(new Input(), { value }, others));
    return [];
  } catch (error) {
    const { fields } = (
      error as { extensions: { fields: { constraint: string; message: string }[] } }
    ).extensions;
    return fields.map(({ constraint }) => constraint);
  }
}

const BODY = '0123456789abcdefghjkmnpqrs';
const id = (prefix: string) => `${prefix}_${BODY}`;

const CASES: readonly (readonly [
  string,
  PropertyDecorator,
  readonly unknown[],
  readonly unknown[],
])[] = [
  [
    'isSlug',
    IsSlug(),
    ['a', 'linux-builders', '1', 'x'.repeat(63)],
    ['', 'A', '-a', 'a-', 'a_b', 'рrod', 'a\n', 'x'.repeat(64), 5],
  ],
  ['isQueueKey', IsQueueKey(), ['default', 'a_b'], ['', '_a', 'a ', 'Ä', 'x'.repeat(64)]],
  [
    'isName',
    IsName(),
    ['Linux builders', 'Ærø', '東京', 'Zoë 🐧'],
    ['', ' a', 'a ', 'a\nb', 'a\u200bb', 'a\u202eb', 'pаypal', 'x'.repeat(101), '\ud800'],
  ],
  ['isText', IsText(20), ['', 'two\nlines', '\ttab'], ['a\u0000b', 'x'.repeat(21), 'a\u2066b']],
  ['isColor', IsColor(), ['#1a2b3c'], ['#1A2B3C', '1a2b3c', '#1a2b3', 'red']],
  ['isEmoji', IsEmoji(), ['🐧', '🏗️', '👩‍🚀', '🇩🇰'], ['', 'a', '🐧🐧', '🐧a']],
  [
    'isEmailAddress',
    IsEmailAddress(),
    ['a@b.example'],
    ['a', 'a@b', 'a b@c.example', '@c.example'],
  ],
  ['isId', IsId('clu'), [id('clu')], [id('que'), 'clu_', id('CLU'), `${id('clu')}0`, '']],
  ['isId', IsId('usr', 'tea'), [id('usr'), id('tea')], [id('clu')]],
  ['isAgentKeyId', IsAgentKeyId(), [`key_${'a'.repeat(43)}`], [id('key'), `key_${'a'.repeat(42)}`]],
  ['isTag', IsTag(), ['os=linux'], ['os', '=linux', 'OS=linux', 'os=li nux']],
  [
    'isIdempotencyKey',
    IsIdempotencyKey(),
    ['a', 'x'.repeat(100)],
    ['', 'a b', 'ä', 'x'.repeat(101)],
  ],
  ['isAction', IsAction(), ['cluster:use'], ['use', 'toString', '__proto__', 'cluster:']],
  [
    'isListedAction',
    IsListedAction(),
    ['cluster:use', 'agent:run'],
    ['access:ask', 'organization:create', 'use'],
  ],
  ['isPublicKeyText', IsPublicKeyText(), ['', '{}', 'x'.repeat(16_384)], ['x'.repeat(16_385)]],
  ['isVersion', IsVersion(), [1, 2_000_000_000, undefined], [0, -1]],
  ['isNotNull', IsNotNull(), ['', 0, false, undefined], [null]],
  ['isGiven', IsGiven(), ['', null], [undefined]],
  [
    'isDistinctList',
    IsTagList(),
    [[], ['os=linux', 'os=mac'], null, undefined],
    [['os=linux', 'os=linux'], Array.from({ length: 33 }, (_, n) => `n=${n}`)],
  ],
  ['isTag', IsTagList(), [['os=linux']], [['os=linux', 'nonsense']]],
  ['isDistinctList', IsIdList('que', 2), [[id('que')], null], [[]]],
  ['isId', IsIdList('que', 2), [[id('que')]], [[id('clu')]]],
  ['isScope', IsScopeList(), [['read'], ['cluster:use', 'write']], [['everything'], ['Read']]],
  ['isDistinctList', IsScopeList(), [['read']], [[]]],
  ['isBranchPattern', IsBranchPatternList(), [['main', 'release/*', '*']], [['a b'], [''], ['ä']]],
  [
    'isDistinctList',
    IsBranchPatternList(),
    [[]],
    [Array.from({ length: 21 }, (_, n) => `branch-${n}`)],
  ],
  [
    'isAddressRange',
    IsAddressRangeList(),
    [['10.0.0.0/8', '2001:db8::/32', '192.0.2.1/32']],
    [['10/8'], ['10.0.0.1/8'], ['10.0.0.0/33'], ['0.0.0.0/0'], ['::ffff:10.0.0.0/104'], ['x']],
  ],
];

describe.each(CASES)('%s', (name, rule, good, bad) => {
  test.each(good.map((value) => [value]))('takes %j', (value) => {
    expect(broken(rule, value)).toEqual([]);
  });
  test.each(bad.map((value) => [value]))('refuses %j', (value) => {
    expect(broken(rule, value)).toContain(name);
  });
});

test('no message repeats the value', () => {
  const secret = 'agts_ \u200b secret';
  class Everything {
    value: unknown = secret;
    list: unknown = [secret, secret];
  }
  for (const [, rule] of CASES) {
    rule(Everything.prototype, 'value');
    rule(Everything.prototype, 'list');
  }
  let thrown: unknown;
  try {
    validateInput(new Everything());
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(GraphQLError);
  expect(JSON.stringify(thrown)).not.toContain('secret');
});

test('nulls and what is left out pass, unless a rule is about them', () => {
  for (const rule of [
    IsSlug(),
    IsName(),
    IsId('clu'),
    IsEmoji(),
    IsTagList(),
    IsAddressRangeList(),
  ]) {
    expect(broken(rule, null)).toEqual([]);
    expect(broken(rule, undefined)).toEqual([]);
  }
});

test('of two properties exactly one', () => {
  expect(broken(IsOnlyWithout('other'), 'x')).toEqual([]);
  expect(broken(IsOnlyWithout('other'), undefined, { other: 'y' })).toEqual([]);
  expect(broken(IsOnlyWithout('other'), 'x', { other: 'y' })).toEqual(['isOnlyWithout']);
  expect(broken(IsOnlyWithout('other'), undefined)).toEqual(['isOnlyWithout']);
  expect(broken(IsOnlyWithout('other'), null)).toEqual(['isOnlyWithout']);
});

test('of two properties at most one', () => {
  expect(broken(IsAtMostOneWith('other'), undefined)).toEqual([]);
  expect(broken(IsAtMostOneWith('other'), 1)).toEqual([]);
  expect(broken(IsAtMostOneWith('other'), 1, { other: 2 })).toEqual(['isAtMostOneWith']);
});

test('what is no object is nobody’s input', () => {
  for (const value of ['text', 5, null, undefined])
    expect(() => validateInput(value)).not.toThrow();
});
