import type { DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { rejection } from '../errors';
import { complexityOf } from './complexity';
import { measureDocument, type DocumentSize } from './measure';
import { surveyOf } from './survey';
import { holdMoreThan } from './variables';

/** How large one document and its operations may be. */
export interface OperationLimits {
  readonly depthMax: number;
  readonly introspectionDepthMax: number;
  readonly selectionsMax: number;
  readonly overlapsMax: number;
  readonly aliasesMax: number;
  readonly directivesMax: number;
  readonly operationsMax: number;
  readonly variablesMax: number;
  /** In all variables together: enough for 1000 changes of 30 values. */
  readonly valuesMax: number;
  readonly fragmentsMax: number;
  readonly spreadsMax: number;
  readonly complexityMax: number;
  readonly mutationsMax: number;
}

export const OPERATION_LIMITS: OperationLimits = {
  depthMax: 10,
  introspectionDepthMax: 20,
  selectionsMax: 2000,
  overlapsMax: 1000,
  aliasesMax: 30,
  directivesMax: 20,
  operationsMax: 20,
  variablesMax: 100,
  valuesMax: 30_000,
  fragmentsMax: 50,
  spreadsMax: 200,
  complexityMax: 10_000,
  mutationsMax: 10,
};

const tooComplex = (message: string): GraphQLError => rejection('QUERY_TOO_COMPLEX', 400, message);

/**
 * Why a document is too large to be validated at all, or null. It may be invalid in any way; the
 * time this takes is bounded by the limits, which that of validation is not.
 */
export function faultOfSize(document: DocumentNode, limits: OperationLimits): GraphQLError | null {
  const size: DocumentSize = measureDocument(document, limits.selectionsMax);
  const bounds: readonly (readonly [number, number, string])[] = [
    [size.operations, limits.operationsMax, 'operations'],
    [size.variables, limits.variablesMax, 'variables'],
    [size.fragments, limits.fragmentsMax, 'fragments'],
    [size.selections, limits.selectionsMax, 'selections'],
    [size.depth, limits.depthMax, 'levels of fields'],
    [size.introspectionDepth, limits.introspectionDepthMax, 'levels of introspection'],
    [size.aliases, limits.aliasesMax, 'aliases'],
    [size.directives, limits.directivesMax, 'directives'],
    [size.spreads, limits.spreadsMax, 'fragments spread, inline ones too'],
    [size.overlaps, limits.overlapsMax, 'pairs of fields under one name'],
  ];
  for (const [actual, max, what] of bounds) {
    if (actual > max) return tooComplex(`The document has more than ${max} ${what}.`);
  }
  return null;
}

/**
 * Throws QUERY_TOO_COMPLEX if an operation of a valid document is larger than what it may ask for
 * at once, by the variables it came with.
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
  if (operation.operation === 'mutation') {
    checkMutations(surveyOf(document).get(operation) ?? [], limits);
  }
  if (holdMoreThan(variables, limits.valuesMax)) {
    throw tooComplex(`The variables hold more than ${limits.valuesMax} values.`);
  }
  const complexity = complexityOf(schema, document, operation, variables);
  if (complexity > limits.complexityMax) {
    throw tooComplex(
      `The operation costs ${complexity} points; at most ${limits.complexityMax} are allowed. Ask for smaller pages.`,
    );
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
