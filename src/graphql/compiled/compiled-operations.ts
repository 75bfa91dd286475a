import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import { BoundedCache } from '../../views/bounded-cache';
import { isCompilable } from './compilable';

/** Compiling costs as much as executing some ten times: nothing is compiled for a passer-by. */
export const COMPILED_AFTER = 20;
/** Each takes some 200 kB; twice as many may be held. */
const COMPILED_MAX = 64;

/**
 * Queries that are asked again and again, as programs. Keyed by the operation of a document that was
 * parsed and validated: one with another name, or in another document, is another one.
 */
export class CompiledOperations {
  readonly #schema: GraphQLSchema;
  readonly #asked = new WeakMap<OperationDefinitionNode, number>();
  /** Null for what cannot be compiled. */
  readonly #compiled = new BoundedCache<OperationDefinitionNode, CompiledQuery | null>(
    COMPILED_MAX,
  );

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** The program of a query; null while it was not asked often enough, and if it has none. */
  find(document: DocumentNode, operation: OperationDefinitionNode): CompiledQuery | null {
    const known = this.#compiled.get(operation);
    if (known !== undefined) return known;
    const asked = (this.#asked.get(operation) ?? 0) + 1;
    this.#asked.set(operation, asked);
    if (asked < COMPILED_AFTER) return null;
    // One that is forgotten has to be asked as often again: no crowd of queries compiles each time.
    this.#asked.delete(operation);
    const found = isCompilable(this.#schema, document) ? this.#compile(document, operation) : null;
    this.#compiled.set(operation, found);
    return found;
  }

  #compile(document: DocumentNode, operation: OperationDefinitionNode): CompiledQuery | null {
    const compiled = compileQuery(this.#schema, document, operation.name?.value);
    return isCompiledQuery(compiled) ? compiled : null;
  }
}
