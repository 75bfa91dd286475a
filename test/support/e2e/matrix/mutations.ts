import {
  getNamedType,
  isInputObjectType,
  isLeafType,
  isObjectType,
  type GraphQLInputFieldMap,
  type GraphQLOutputType,
} from 'graphql';
import type { MutationName } from '../../../../src/access/operations';
import { createSchema } from '../../../../src/graphql/schema';

const FIELDS = createSchema().getMutationType()?.getFields() ?? {};

/** Every mutation of the schema as it is built. */
export const MUTATIONS = Object.keys(FIELDS) as readonly MutationName[];

/** The fields of a mutation's input; none if it takes no input. */
export function inputFieldsOf(mutation: MutationName): GraphQLInputFieldMap {
  const [argument] = FIELDS[mutation]?.args ?? [];
  const type = argument && getNamedType(argument.type);
  return isInputObjectType(type) ? type.getFields() : {};
}

/** The operation that runs a mutation and asks for all of its payload, of entities the ids. */
export function operationOf(mutation: MutationName): string {
  const field = FIELDS[mutation];
  if (field === undefined) throw new RangeError(`no mutation ${mutation}`);
  const [argument] = field.args;
  const payload = selectionOf(field.type);
  return argument === undefined
    ? `mutation { ${mutation} ${payload} }`
    : `mutation ($input: ${String(argument.type)}) { ${mutation}(input: $input) ${payload} }`;
}

function selectionOf(type: GraphQLOutputType): string {
  const payload = getNamedType(type);
  if (!isObjectType(payload)) throw new TypeError(`${payload.name} is no payload`);
  const selected = Object.values(payload.getFields()).map((field) => {
    if (field.name === 'userErrors') return 'userErrors { code field message actualVersion }';
    if (field.name === 'accessDifference') return 'accessDifference { shownCount hiddenCount }';
    return isLeafType(getNamedType(field.type)) ? field.name : `${field.name} { id }`;
  });
  return `{ ${selected.join(' ')} }`;
}
