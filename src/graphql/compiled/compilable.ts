import {
  BREAK,
  getNamedType,
  isAbstractType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
  type ValueNode,
} from 'graphql';

/** The names beginning with two underscores that the specification gives a meaning to. */
const META_FIELDS: ReadonlySet<string> = new Set(['__typename', '__schema', '__type']);

const isVariable = ({ kind }: ValueNode): boolean => kind === Kind.VARIABLE;

/**
 * Whether graphql-jit 0.8.9 makes a program of the document that answers as execution does, and that
 * runs nothing of what a stranger wrote.
 *
 * It is made of names, numbers and truth values alone, so that nothing can become part of a program
 * but what both languages take for a name: some string literals become code. Strings belong into
 * variables, which never do. It has no directives: conditions of a fragment that is spread twice get
 * mixed up. Variables are whole arguments: one that is left out is null within an object or a list.
 * And it asks for nothing whose type only execution can tell, which a program always fails at.
 */
export function isCompilable(schema: GraphQLSchema, document: DocumentNode): boolean {
  let found = true;
  const types = new TypeInfo(schema);
  const refuse = (): unknown => {
    found = false;
    return BREAK;
  };
  const refuseIf = (refused: boolean): unknown => (refused ? refuse() : undefined);
  visit(
    document,
    visitWithTypeInfo(types, {
      StringValue: refuse,
      FloatValue: refuse,
      Directive: refuse,
      ObjectField: ({ value }) => refuseIf(isVariable(value)),
      ListValue: ({ values }) => refuseIf(values.some(isVariable)),
      Field: () => refuseIf(isAbstractType(getNamedType(types.getType()))),
      Name: ({ value }) => refuseIf(value.startsWith('__') && !META_FIELDS.has(value)),
    }),
  );
  return found;
}
