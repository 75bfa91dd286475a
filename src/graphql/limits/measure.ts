import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** How large an operation is once every fragment is written out where it is spread. */
export interface OperationSize {
  /** Nested fields below the operation, those of introspection counted apart. */
  readonly depth: number;
  readonly introspectionDepth: number;
  readonly selections: number;
  readonly aliases: number;
  readonly directives: number;
}

const NOTHING: OperationSize = {
  depth: 0,
  introspectionDepth: 0,
  selections: 0,
  aliases: 0,
  directives: 0,
};

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** The fragments of a document by name. */
export function fragmentsOf(document: DocumentNode): Fragments {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    }
  }
  return fragments;
}

/**
 * Measures an operation of a valid document (one without fragment cycles), in time linear in its
 * length: each fragment is measured once, however often it is spread.
 */
export function measureOperation(
  operation: OperationDefinitionNode,
  fragments: Fragments,
): OperationSize {
  const measured = new Map<string, OperationSize>();

  function measureSet(set: SelectionSetNode | undefined): OperationSize {
    return (set?.selections ?? []).reduce((sum, selection) => {
      const part = measureSelection(selection);
      return {
        depth: Math.max(sum.depth, part.depth),
        introspectionDepth: Math.max(sum.introspectionDepth, part.introspectionDepth),
        selections: sum.selections + 1 + part.selections,
        aliases: sum.aliases + part.aliases,
        directives: sum.directives + part.directives + (selection.directives?.length ?? 0),
      };
    }, NOTHING);
  }

  function measureSelection(selection: SelectionNode): OperationSize {
    if (selection.kind === Kind.INLINE_FRAGMENT) return measureSet(selection.selectionSet);
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const name = selection.name.value;
      const part = measured.get(name) ?? measureSet(fragments.get(name)?.selectionSet);
      measured.set(name, part);
      return part;
    }
    const part = measureSet(selection.selectionSet);
    const aliases = part.aliases + (selection.alias === undefined ? 0 : 1);
    const name = selection.name.value;
    return name === '__schema' || name === '__type'
      ? { ...part, aliases, depth: 1, introspectionDepth: 1 + part.depth }
      : { ...part, aliases, depth: 1 + part.depth };
  }

  const size = measureSet(operation.selectionSet);
  return { ...size, directives: size.directives + (operation.directives?.length ?? 0) };
}

/** The root fields that the operation executes, one entry for each name in its response. */
export function rootFieldsOf(
  operation: OperationDefinitionNode,
  fragments: Fragments,
): readonly string[] {
  const fields = new Map<string, string>();
  const seen = new Set<string>();

  function collect(set: SelectionSetNode | undefined): void {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        fields.set((selection.alias ?? selection.name).value, selection.name.value);
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
