import { GraphQLError, parse, validate, buildSchema, execute } from 'graphql';
import { ERROR_CODES, fault, isErrorCode, rejection } from '../../../src/graphql/errors';
import { maskError, withoutValues } from '../../../src/graphql/masking';

const SECRET = 'agts_0123456789secret';

test('the codes of errors are part of the contract', () => {
  expect(Object.keys(ERROR_CODES)).toMatchInlineSnapshot(`
    [
      "UNAUTHENTICATED",
      "FORBIDDEN",
      "AGENT_AUTH_FAILED",
      "BAD_USER_INPUT",
      "BAD_REQUEST",
      "GRAPHQL_PARSE_FAILED",
      "GRAPHQL_VALIDATION_FAILED",
      "OPERATION_RESOLUTION_FAILURE",
      "PERSISTED_QUERY_NOT_SUPPORTED",
      "QUERY_TOO_COMPLEX",
      "STALE",
      "RATE_LIMITED",
      "UNAVAILABLE",
      "INTERNAL",
    ]
  `);
  for (const meaning of Object.values(ERROR_CODES)) expect(meaning).toMatch(/^[A-Z].*\.$/u);
});

test('only published codes pass', () => {
  expect(isErrorCode('FORBIDDEN')).toBe(true);
  for (const code of ['INTERNAL_SERVER_ERROR', 'toString', '', null, 5]) {
    expect(isErrorCode(code)).toBe(false);
  }
});

test('a fault carries its code, its meaning, and no status', () => {
  expect(fault('UNAVAILABLE').toJSON()).toEqual({
    message: ERROR_CODES.UNAVAILABLE,
    extensions: { code: 'UNAVAILABLE' },
  });
  expect(rejection('QUERY_TOO_COMPLEX', 400).extensions).toEqual({
    code: 'QUERY_TOO_COMPLEX',
    http: { status: 400 },
  });
});

test('an unknown error loses everything but its place', () => {
  const error = new GraphQLError(`cannot open /var/lib/${SECRET}`, {
    path: ['organization'],
    extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: ['at secret'] },
  });
  expect(maskError(error.toJSON(), error)).toEqual({
    message: ERROR_CODES.INTERNAL,
    path: ['organization'],
    extensions: { code: 'INTERNAL' },
  });
});

test('a known error stays as it is', () => {
  const error = fault('FORBIDDEN', 'cluster:use: No rule allows it.');
  expect(maskError(error.toJSON(), error)).toEqual(error.toJSON());
  const thrown = new Error('FORBIDDEN');
  expect(maskError({ message: thrown.message }, thrown).extensions).toEqual({ code: 'INTERNAL' });
});

const schema = buildSchema(`
  enum Level { VIEW USE }
  scalar DateTime
  input In { name: String! count: Int level: Level at: DateTime flag: Boolean id: ID list: [String!] }
  type Query { ask(in: In): String }
`);

/** The messages that graphql-js has for a document, its values included. */
function messagesOf(query: string, variableValues?: Record<string, unknown>): readonly string[] {
  try {
    const document = parse(query);
    const errors = validate(schema, document);
    if (errors.length > 0) return errors.map(({ message }) => message);
    const result = execute({ schema, document, variableValues: variableValues ?? {} });
    if (result instanceof Promise) throw new Error('nothing here is asynchronous');
    return (result.errors ?? []).map(({ message }) => message);
  } catch (error) {
    if (error instanceof GraphQLError) return [error.message];
    throw error;
  }
}

const literal = (value: string): string => `{ ask(in: ${value}) }`;

test.each([
  ['a wrong literal', literal(`{ name: { d: "${SECRET}" } }`)],
  ['a wrong enum literal', literal(`{ name: "a", level: "${SECRET}" }`)],
  ['a wrong number', literal(`{ name: "a", count: "${SECRET}" }`)],
  ['a wrong flag', literal(`{ name: "a", flag: "${SECRET}" }`)],
  ['a wrong id', literal(`{ name: "a", id: [{ a: "${SECRET}" }] }`)],
  ['a string in the wrong place', `{ ask "${SECRET}" }`],
  ['a block string', `{ ask """${SECRET}""" }`],
  ['an object for a scalar list', literal(`{ name: "a", list: [{ a: "${SECRET}" }] }`)],
])('%s is not repeated', (_what, query) => {
  const messages = messagesOf(query);
  expect(messages.join()).toContain(SECRET);
  expect(messages.map(withoutValues).join()).not.toContain(SECRET);
});

test.each([
  [
    { name: { d: SECRET } },
    'Variable "$in" has an invalid value at "in.name": it has the wrong type.',
  ],
  [
    { name: 'a', level: SECRET },
    'Variable "$in" has an invalid value at "in.level": does not exist in "Level" enum.',
  ],
  [
    { key: SECRET },
    'Variable "$in" has an invalid value at "in": Field "name" of required type "String!" was not provided.',
  ],
  [
    { name: 'a', more: SECRET },
    'Variable "$in" has an invalid value at "in": Field "more" is not defined by type "In".',
  ],
  [
    { name: null, id: SECRET },
    'Variable "$in" has an invalid value at "in.name": Expected non-nullable type "String!" not to be null.',
  ],
  [
    { name: 'a', list: [SECRET, { a: SECRET }] },
    'Variable "$in" has an invalid value at "in.list[1]": it has the wrong type.',
  ],
  [SECRET, 'Variable "$in" has an invalid value at "in": Expected type "In" to be an object.'],
])('the variable %j is told without its value', (value, expected) => {
  const messages = messagesOf('query ($in: In) { ask(in: $in) }', { in: value }).map(withoutValues);
  expect(messages[0]).toBe(expected);
  expect(messages.join()).not.toContain(SECRET);
});

test('messages without values stay as they are', () => {
  for (const query of ['{ nothing }', '{ ask(out: 5) }', 'query ($a: Int) { ask }', '{ ask']) {
    for (const message of messagesOf(query)) {
      const kept = withoutValues(message);
      expect(message.startsWith(kept.slice(0, -1))).toBe(true);
      expect(kept.length).toBeGreaterThan(10);
    }
  }
});
