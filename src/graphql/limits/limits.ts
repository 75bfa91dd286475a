import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { rejection } from '../errors';
import { complexityOf } from './complexity';
import { fragmentsOf, measureOperation, rootFieldsOf, type OperationSize } from './measure';

/** How large one operation may be. */
export interface OperationLimits {
  readonly depthMax: number;
  readonly introspectionDepthMax: number;
  readonly selectionsMax: number;
  readonly aliasesMax: number;
  readonly directivesMax: number;
  readonly complexityMax: number;
  readonly mutationsMax: number;
}

export const OPERATION_LIMITS: OperationLimits = {
  depthMax: 10,
  introspectionDepthMax: 20,
  selectionsMax: 2000,
  aliasesMax: 30,
  directivesMax: 20,
  complexityMax: 10_000,
  mutationsMax: 10,
};

const tooComplex = (message: string): Error => rejection('QUERY_TOO_COMPLEX', 400, message);

/**
 * Throws QUERY_TOO_COMPLEX if the operation is larger than the limits, in the order of what is
 * cheap to know: the estimate of its cost walks through every fragment again.
 */
export function checkOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  limits: OperationLimits,
): void {
  if (operation.operation === 'subscription') {
    throw rejection('BAD_REQUEST', 400, 'Subscriptions do not go over HTTP requests.');
  }
  const fragments = fragmentsOf(document);
  checkSize(measureOperation(operation, fragments), limits);
  if (operation.operation === 'mutation')
    checkMutations(rootFieldsOf(operation, fragments), limits);
  const complexity = complexityOf(schema, document, operation, variables);
  if (complexity > limits.complexityMax) {
    throw tooComplex(
      `The operation costs ${complexity} points; at most ${limits.complexityMax} are allowed. Ask for smaller pages.`,
    );
  }
}

function checkSize(size: OperationSize, limits: OperationLimits): void {
  const bounds: readonly (readonly [number, number, string])[] = [
    [size.depth, limits.depthMax, 'levels of fields'],
    [size.introspectionDepth, limits.introspectionDepthMax, 'levels of introspection'],
    [size.selections, limits.selectionsMax, 'selections'],
    [size.aliases, limits.aliasesMax, 'aliases'],
    [size.directives, limits.directivesMax, 'directives'],
  ];
  for (const [actual, max, what] of bounds) {
    if (actual > max) throw tooComplex(`The operation has more than ${max} ${what}.`);
  }
}

/** Aliases must not multiply what is limited per request, least of all attempts to authenticate. */
function checkMutations(fields: readonly string[], { mutationsMax }: OperationLimits): void {
  if (fields.length > mutationsMax) {
    throw tooComplex(`The operation has more than ${mutationsMax} mutations.`);
  }
  if (fields.filter((field) => field === 'agentRegister').length > 1) {
    throw tooComplex('An operation registers at most one agent.');
  }
}
