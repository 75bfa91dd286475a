import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  isIntrospectionType,
  type GraphQLNamedType,
} from 'graphql';
import { MUTATION_ACTIONS, QUERY_ACTIONS, UNTRIED_MUTATIONS } from '../../src/access/operations';
import { schemaText } from '../../src/graphql/print-schema';
import { createSchema } from '../../src/graphql/schema';

const schema = createSchema();
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);

interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
}

/** A type and everything in it that a client meets, by its path. */
function parts(type: GraphQLNamedType): (readonly [string, Described])[] {
  const own: (readonly [string, Described])[] = [[type.name, type]];
  if (isEnumType(type)) {
    return [
      ...own,
      ...type.getValues().map((value) => [`${type.name}.${value.name}`, value] as const),
    ];
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    return [...own, ...fields.map((field) => [`${type.name}.${field.name}`, field] as const)];
  }
  if (isObjectType(type) || isInterfaceType(type)) {
    const fields = Object.values(type.getFields()).flatMap((field) => [
      [`${type.name}.${field.name}`, field] as const,
      ...field.args.map((arg) => [`${type.name}.${field.name}(${arg.name})`, arg] as const),
    ]);
    return [...own, ...fields];
  }
  return own;
}

const fieldsOf = (type: ReturnType<typeof schema.getQueryType>): readonly string[] =>
  Object.keys(type?.getFields() ?? {}).sort();

test('schema.graphql is what the code makes: run `palisade schema print` if this fails', () => {
  const file = join(__dirname, '..', '..', 'schema.graphql');
  expect(readFileSync(file, 'utf8')).toBe(schemaText(schema));
});

test('everything that a client meets is described', () => {
  const undescribed = types
    .flatMap(parts)
    .filter(([, { description }]) => description == null || description.trim() === '')
    .map(([path]) => path);
  expect(undescribed).toEqual([]);
});

test('every mutation names its action, and every action table entry is a mutation', () => {
  expect(fieldsOf(schema.getMutationType())).toEqual(Object.keys(MUTATION_ACTIONS).sort());
});

test('every query names its action, and every action table entry is a query', () => {
  expect(fieldsOf(schema.getQueryType())).toEqual(Object.keys(QUERY_ACTIONS).sort());
});

test('every mutation can be tried out, in a preview and as a dry run, or it is said why not', () => {
  const change = schema.getType('AccessChangeInput');
  const previewed = isInputObjectType(change) ? Object.keys(change.getFields()) : [];
  const untried = Object.keys(UNTRIED_MUTATIONS);
  expect([...previewed, ...untried].sort()).toEqual(fieldsOf(schema.getMutationType()));
  expect(isInputObjectType(change) && change.isOneOf).toBe(true);
  for (const { name, args, type } of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const input = args[0] && getNamedType(args[0].type);
    const payload = getNamedType(type);
    const told = isInputObjectType(input) && 'dryRun' in input.getFields();
    const answers = isObjectType(payload) && 'accessDifference' in payload.getFields();
    const tried = previewed.includes(name);
    expect([name, told, answers]).toEqual([name, tried, tried]);
    if (!isInputObjectType(change) || !tried) continue;
    expect(String(change.getFields()[name]?.type)).toBe(String(input));
  }
});

test('every mutation answers with its own payload, nullable, with a list of refusals', () => {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const name = field.name.charAt(0).toUpperCase() + field.name.slice(1);
    expect(String(field.type)).toBe(`${name}Payload`);
    const payload = schema.getType(`${name}Payload`);
    const refusals = isObjectType(payload) ? payload.getFields()['userErrors'] : undefined;
    expect([field.name, String(refusals?.type)]).toEqual([field.name, '[UserError!]!']);
  }
});

test('everything with an identity is a Node', () => {
  const withIdentity = types.filter(isObjectType).filter((type) => 'version' in type.getFields());
  expect(withIdentity.length).toBeGreaterThan(10);
  for (const type of withIdentity) expect(type.getInterfaces().map(String)).toEqual(['Node']);
});

test('a root field can fail alone', () => {
  const roots = [schema.getQueryType(), schema.getMutationType()];
  const required = roots
    .flatMap((type) => Object.values(type?.getFields() ?? {}))
    .filter(({ type }) => String(type).endsWith('!'))
    .map(({ name }) => name);
  // A list whose items can be null fails item by item.
  expect(required).toEqual(['nodes']);
});
