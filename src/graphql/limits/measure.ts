import {
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { byName, fragmentsOf, operationsOf, type Fragments } from './definitions';

/**
 * How large a document is once every fragment is written out where it is spread. Depth, aliases and
 * directives are those of its largest operation; the rest is of all of them, and of the fragments
 * that none of them spreads.
 */
export interface DocumentSize {
  /** Nested fields below an operation, those of introspection counted apart. */
  readonly depth: number;
  readonly introspectionDepth: number;
  readonly aliases: number;
  readonly directives: number;
  readonly operations: number;
  readonly variables: number;
  readonly fragments: number;
  /** Places where a fragment stands, inline ones too. */
  readonly spreads: number;
  readonly selections: number;
  /** Pairs of fields that answer under one name: validation and execution merge each of them. */
  readonly overlaps: number;
}

/** The fragments that a set of selections stands in, innermost first. */
interface Within {
  readonly name: string;
  readonly outer: Within | null;
}

/** A selection set whose fields are merged with those of others. */
interface Part {
  readonly set: SelectionSetNode;
  readonly within: Within | null;
}

interface Found {
  readonly field: FieldNode;
  readonly within: Within | null;
}

interface Level {
  readonly depth: number;
  /** 0 outside introspection. */
  readonly introspectionDepth: number;
}

/**
 * Measures any document that parses, valid or not: unknown fragments and those within themselves
 * count as empty. It stops as soon as it has counted more than `enough` selections, so that its time
 * is bounded whatever the fragments stand for.
 */
export function measureDocument(document: DocumentNode, enough: number): DocumentSize {
  const measuring = new Measuring(byName(document), enough);
  const operations = operationsOf(document);
  const fragments = fragmentsOf(document);
  for (const operation of operations) measuring.add(operation);
  // Validation looks at those too that nothing spreads.
  for (const fragment of fragments) if (!measuring.reached.has(fragment)) measuring.add(fragment);
  const { largest, total } = measuring;
  const variables = operations.reduce(
    (sum, { variableDefinitions = [] }) => sum + variableDefinitions.length,
    0,
  );
  const counts = { operations: operations.length, variables, fragments: fragments.length };
  return { ...largest, ...total, ...counts };
}

class Measuring {
  readonly reached = new Set<FragmentDefinitionNode>();
  readonly largest = { depth: 0, introspectionDepth: 0, aliases: 0, directives: 0 };
  readonly total = { selections: 0, spreads: 0, overlaps: 0 };
  readonly #fragments: Fragments;
  readonly #enough: number;
  #aliases = 0;
  #directives = 0;

  constructor(fragments: Fragments, enough: number) {
    this.#fragments = fragments;
    this.#enough = enough;
  }

  add({ directives = [], selectionSet }: OperationDefinitionNode | FragmentDefinitionNode): void {
    const { largest } = this;
    this.#aliases = 0;
    this.#directives = directives.length;
    this.#level([{ set: selectionSet, within: null }], { depth: 0, introspectionDepth: 0 });
    largest.aliases = Math.max(largest.aliases, this.#aliases);
    largest.directives = Math.max(largest.directives, this.#directives);
  }

  #level(parts: readonly Part[], level: Level): void {
    const { largest, total } = this;
    largest.depth = Math.max(largest.depth, level.depth);
    largest.introspectionDepth = Math.max(largest.introspectionDepth, level.introspectionDepth);
    const names = new Map<string, { fields: number; level: Level; parts: Part[] }>();
    const found: Found[] = [];
    for (const part of parts) this.#collect(part, found);
    for (const { field, within } of found) {
      const name = (field.alias ?? field.name).value;
      const same = names.get(name) ?? {
        fields: 0,
        level: below(level, field.name.value),
        parts: [],
      };
      names.set(name, same);
      total.overlaps += same.fields;
      same.fields += 1;
      if (field.selectionSet !== undefined) same.parts.push({ set: field.selectionSet, within });
    }
    for (const same of names.values()) this.#level(same.parts, same.level);
  }

  /** The fields of a set, those of its fragments among them, for as long as it is not enough. */
  #collect({ set, within }: Part, found: Found[]): void {
    for (const selection of set.selections) {
      if (this.total.selections > this.#enough) return;
      this.total.selections += 1;
      this.#directives += selection.directives?.length ?? 0;
      if (selection.kind === Kind.FIELD) {
        if (selection.alias !== undefined) this.#aliases += 1;
        found.push({ field: selection, within });
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        this.total.spreads += 1;
        this.#collect({ set: selection.selectionSet, within }, found);
      } else {
        this.#spread(selection.name.value, within, found);
      }
    }
  }

  #spread(name: string, within: Within | null, found: Found[]): void {
    this.total.spreads += 1;
    const fragment = this.#fragments.get(name);
    if (fragment === undefined || isWithin(within, name)) return;
    this.reached.add(fragment);
    this.#collect({ set: fragment.selectionSet, within: { name, outer: within } }, found);
  }
}

function below({ depth, introspectionDepth }: Level, name: string): Level {
  if (introspectionDepth > 0) return { depth, introspectionDepth: introspectionDepth + 1 };
  const begins = name === '__schema' || name === '__type';
  return { depth: depth + 1, introspectionDepth: begins ? 1 : 0 };
}

function isWithin(within: Within | null, name: string): boolean {
  for (let each = within; each !== null; each = each.outer) if (each.name === name) return true;
  return false;
}
