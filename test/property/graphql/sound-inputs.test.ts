import 'reflect-metadata';
import { getMetadataStorage, ValidationTypes, validateSync } from 'class-validator';
import * as fc from 'fast-check';
import { AccessQuestionInput } from '../../../src/graphql/access/arguments';
import { AccessChangeInput } from '../../../src/graphql/access/change-input';
import { AsOfInput } from '../../../src/graphql/access/moment';
import { MUTATIONS } from '../../../src/graphql/mutation/all';
import { isSound } from '../../../src/graphql/validation/sound';

/* Inputs that keep their rules are told apart without class-validator, exactly as it would. */

type Class = new () => object;

const INPUTS = [...new Set<Class>(MUTATIONS.map(({ input }) => input as Class))];
const CLASSES: readonly Class[] = [...INPUTS, AccessQuestionInput, AsOfInput];
const BODY = '0123456789abcdefghjkmnpqrs';
const IDS = ['usr', 'tea', 'clu', 'que', 'pip', 'tok', 'agt', 'org'].map(
  (kind) => `${kind}_${BODY}`,
);

const text = fc.constantFrom(
  ...[
    ...IDS,
    `key_${'A'.repeat(43)}`,
    'main',
    'a name',
    ' a',
    '',
    'read',
    'cluster:use',
    '10.0.0.0/8',
  ],
  ...['#1a2b3c', 'a@example.org', 'key=value', '\u200b', 'x'.repeat(3000)],
);
const leaf = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 3, arbitrary: fc.constantFrom(undefined, null, 0, 1, 7, true) },
  { weight: 2, arbitrary: fc.array(text, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>({}, [], [null], new Set(), new Map()) },
);

function rulesOf(target: Class) {
  return getMetadataStorage().getTargetValidationMetadatas(target, '', false, false);
}

function inputOf(target: Class): fc.Arbitrary<object> {
  const values = Object.fromEntries(
    rulesOf(target).map(({ propertyName }) => [propertyName, leaf]),
  );
  return fc
    .record(values, { requiredKeys: [] })
    .map((fields) => Object.assign(new target(), fields));
}

const input = fc.constantFrom(...CLASSES).chain(inputOf);
const change = fc
  .tuple(fc.constantFrom(...rulesOf(AccessChangeInput)), fc.oneof(input, leaf))
  .map(([{ propertyName }, value]) =>
    Object.assign(new AccessChangeInput(), { [propertyName]: value }),
  );

function isFaultless(judged: object): boolean {
  return validateSync(judged, { forbidUnknownValues: false }).length === 0;
}

test('every kind of rule that the inputs have is known', () => {
  const kinds = new Set([...CLASSES, AccessChangeInput].flatMap(rulesOf).map(({ type }) => type));
  expect([...kinds].sort()).toEqual([
    ValidationTypes.CUSTOM_VALIDATION,
    ValidationTypes.NESTED_VALIDATION,
  ]);
});

test('what is sound is what class-validator finds no fault with', () => {
  let sound = 0;
  fc.assert(
    fc.property(fc.oneof(input, change), (judged) => {
      const expected = isFaultless(judged);
      sound += Number(expected);
      expect(isSound(judged)).toBe(expected);
    }),
    { numRuns: 5000 },
  );
  expect(sound).toBeGreaterThan(100);
});
