import {
  getNamedType,
  getNullableType,
  isEnumType,
  isListType,
  isNonNullType,
  type GraphQLInputField,
} from 'graphql';
import { badTexts } from './bad-texts';

/** A value that a field must refuse, and with which code. */
export interface BadValue {
  readonly what: string;
  readonly value: unknown;
  readonly code: string;
}

/** Lists that may not be empty. */
const NEVER_EMPTY = new Set(['queueIds', 'scopes']);

/** Every way in which the value of a field can be bad by itself, made from one that is good. */
export function badValuesOf(field: GraphQLInputField, valid: unknown): readonly BadValue[] {
  const type = getNullableType(field.type);
  const absent = isNonNullType(field.type) ? { null: null, nothing: undefined } : {};
  const values = isListType(type) ? badLists(field, valid) : badScalars(field, valid);
  return [...refused(absent), ...values];
}

function badLists(field: GraphQLInputField, valid: unknown): readonly BadValue[] {
  if (!Array.isArray(valid)) throw new TypeError(`${field.name}: the valid value is no list`);
  const [first] = valid as string[];
  const many = Array.from({ length: 101 }, (_, number) => numbered(first ?? '', number));
  return [
    ...refused({ 'an object': {}, 'a list of lists': [valid], 'a list with null': [null] }),
    ...refused({ 'too many items': many, 'an item twice': [first, first] }),
    ...refused(NEVER_EMPTY.has(field.name) ? { 'no items': [] } : {}),
    ...badScalars(field, first).map(({ what, value, code }) => ({
      what: `an item that is ${what}`,
      value: [value],
      code,
    })),
  ];
}

/** Another good item: ids, tags, branches and networks may all end in other characters. */
function numbered(item: string, number: number): string {
  const digits = String(number).padStart(3, '0');
  if (item.includes('/')) return `10.0.${number}.0/24`;
  return /^[a-z]{3}_/u.test(item) ? item.slice(0, -3) + digits : `${item}${digits}`;
}

function badScalars(field: GraphQLInputField, valid: unknown): readonly BadValue[] {
  const type = getNamedType(field.type);
  if (isEnumType(type)) {
    const known = type.getValues()[0]?.name.toLowerCase();
    return refused({
      'a number': 1,
      'no text': '',
      'an unknown name': 'NOPE',
      'lower case': known,
    });
  }
  switch (type.name) {
    case 'Boolean':
      return refused({ 'a text': 'true', 'a number': 1, 'an object': {} });
    case 'Int':
      return refused({ 'a text': 'one', 'a fraction': 1.5, zero: 0, 'more than Int': 2 ** 31 });
    case 'DateTime':
      return [
        ...refused({ 'a number': 1_700_000_000_000, 'no text': '', 'a word': 'tomorrow' }),
        ...refused({ 'a date': '2199-01-01', 'no date': '2199-02-30T00:00:00Z' }),
        { what: 'past', value: '2001-01-01T00:00:00Z', code: 'EXPIRY_IN_PAST' },
      ];
    case 'ID':
      return [
        ...refused({ 'a number': 7, true: true, 'an object': {}, 'a word': 'nonsense' }),
        ...refused({ 'the id of a ledger': 'led_01h455vb4pex5vsknk084sn02q' }),
        ...badTexts(field.name, valid),
      ];
    case 'String':
      return [
        ...refused({ 'a number': 7, true: true, 'an object': { text: 'x' }, 'a list': [7] }),
        ...badTexts(field.name, valid),
      ];
    default:
      throw new TypeError(`no bad values of ${type.name} are known`);
  }
}

function refused(values: Readonly<Record<string, unknown>>): readonly BadValue[] {
  return Object.entries(values).map(([what, value]) => ({ what, value, code: 'BAD_USER_INPUT' }));
}
