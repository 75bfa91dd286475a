import {
  Kind,
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

const isOperation = (node: DefinitionNode): node is OperationDefinitionNode =>
  node.kind === Kind.OPERATION_DEFINITION;
const isFragment = (node: DefinitionNode): node is FragmentDefinitionNode =>
  node.kind === Kind.FRAGMENT_DEFINITION;

/** The operations of a document. */
export function operationsOf({ definitions }: DocumentNode): readonly OperationDefinitionNode[] {
  return definitions.filter(isOperation);
}

/** The fragments of a document, also those whose name another one takes. */
export function fragmentsOf({ definitions }: DocumentNode): readonly FragmentDefinitionNode[] {
  return definitions.filter(isFragment);
}

/** The fragments of a document by name; of several with one name the last, as validation has it. */
export function byName(document: DocumentNode): Fragments {
  return new Map(fragmentsOf(document).map((fragment) => [fragment.name.value, fragment]));
}

/**
 * The root fields that the operation executes, one entry for each name in its response. Of a
 * document that is not valid yet, one for each field that such a name stands for.
 */
export function rootFieldsOf(
  operation: OperationDefinitionNode,
  fragments: Fragments,
): readonly string[] {
  const fields = new Map<string, string>();
  const seen = new Set<string>();

  function collect(set: SelectionSetNode | undefined): void {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        const { alias, name } = selection;
        fields.set(`${(alias ?? name).value} ${name.value}`, name.value);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        collect(selection.selectionSet);
      } else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        collect(fragments.get(selection.name.value)?.selectionSet);
      }
    }
  }

  collect(operation.selectionSet);
  return [...fields.values()];
}
