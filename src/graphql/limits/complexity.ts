import {
  GraphQLError,
  Kind,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { getComplexity, type ComplexityEstimator } from 'graphql-query-complexity';

/** One point for each field, times the number of things a field may answer with. */
const estimate: ComplexityEstimator = ({ args, childComplexity }) =>
  1 + multiplier(args) * childComplexity;

function multiplier(args: Readonly<Record<string, unknown>>): number {
  const { first, ids } = args;
  // Out-of-range values are refused by the argument's own rule, and must not lower the sum here.
  if (typeof first === 'number') return Math.max(1, first);
  return Array.isArray(ids) ? Math.max(1, ids.length) : 1;
}

/**
 * What an operation may cost at most, its variables counted. Throws BAD_USER_INPUT if variables or
 * arguments do not fit: one misfit must not exempt the rest of the operation from being counted.
 */
export function complexityOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  // Other operations of the document are not run, and cost nothing.
  const definitions = document.definitions.filter(
    (definition) => definition === operation || definition.kind === Kind.FRAGMENT_DEFINITION,
  );
  try {
    return getComplexity({
      schema,
      query: { kind: Kind.DOCUMENT, definitions },
      variables: { ...variables },
      estimators: [estimate],
      // The number of selections is bounded before.
      maxQueryNodes: Number.POSITIVE_INFINITY,
    });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new GraphQLError(error.message, {
      nodes: error.nodes ?? null,
      extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
    });
  }
}
