import {
  getVariableValues,
  GraphQLError,
  Kind,
  visit,
  type ArgumentNode,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { getComplexity, type ComplexityEstimator } from 'graphql-query-complexity';

type Variables = Readonly<Record<string, unknown>>;

/** The arguments that say how many things a field may answer with. */
const LENGTHS = ['first', 'ids', 'questions'];

/** The arguments that list what is worked on, and what each item costs by itself. */
const ITEMS: Readonly<Record<string, number>> = { changes: 5 };

const WEIGHING = [...LENGTHS, ...Object.keys(ITEMS)];

/** One point for each field, times the number of things a field may answer with; and its items. */
const estimate: ComplexityEstimator = ({ args, childComplexity }) =>
  1 + costOfItems(args) + multiplier(args) * childComplexity;

function costOfItems(args: Readonly<Record<string, unknown>>): number {
  const costs = Object.entries(ITEMS).map(([name, cost]) => {
    const items = args[name];
    return Array.isArray(items) ? items.length * cost : 0;
  });
  return costs.reduce((sum, cost) => sum + cost, 0);
}

function multiplier(args: Readonly<Record<string, unknown>>): number {
  const lengths = LENGTHS.map((name) => {
    const value = args[name];
    return Array.isArray(value) ? value.length : value;
  });
  // Out-of-range values are refused by the argument's own rule, and must not lower the sum here.
  return lengths.reduce((most: number, n) => (typeof n === 'number' ? Math.max(most, n) : most), 1);
}

/** What is known of the cost of an operation, for as long as its document is kept. */
interface Known {
  /** The variables that the cost depends on. */
  readonly variables: readonly string[];
  readonly costs: Map<string, number>;
}

const KNOWN = new WeakMap<OperationDefinitionNode, Known>();
const COSTS_MAX = 100;

/**
 * What an operation may cost at most, its variables counted. Estimating costs more than most
 * operations, so it is done once for all variables that weigh the same. Throws BAD_USER_INPUT if
 * they do not fit: one misfit must not exempt the rest of the operation from being counted.
 */
export function complexityOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): number {
  const known: Known = KNOWN.get(operation) ?? {
    variables: weighingIn(document),
    costs: new Map(),
  };
  KNOWN.set(operation, known);
  const weights = JSON.stringify(known.variables.map((name) => weightOf(variables[name])));
  const cost = known.costs.get(weights) ?? estimateCost(schema, document, operation, variables);
  if (known.costs.size < COSTS_MAX) known.costs.set(weights, cost);
  return cost;
}

/** The variables that say how long lists are, what is worked on, or what is left out. */
function weighingIn(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  const add = ({ value }: ArgumentNode): void => {
    if (value.kind === Kind.VARIABLE) names.add(value.name.value);
  };
  visit(document, {
    Argument: (argument) => {
      if (WEIGHING.includes(argument.name.value)) add(argument);
    },
    Directive: (directive) => {
      directive.arguments?.forEach(add);
    },
  });
  return [...names];
}

/** What of a value the cost depends on. Values of a wrong type are never found to cost anything. */
function weightOf(value: unknown): unknown {
  if (Array.isArray(value)) return [value.length];
  return typeof value === 'number' || typeof value === 'boolean' ? value : typeof value;
}

function estimateCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): number {
  checkVariables(schema, operation, variables);
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
    throw error instanceof GraphQLError ? misfit(error) : error;
  }
}

/** To describe a misfit costs far more than to find it: of many no more than these are. */
const MISFITS_MAX = 5;

function checkVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Variables,
): void {
  const options = { maxErrors: MISFITS_MAX };
  const { errors } = getVariableValues(schema, variableDefinitions, { ...variables }, options);
  if (errors?.[0] !== undefined) throw misfit(errors[0]);
}

function misfit({ message, nodes }: GraphQLError): GraphQLError {
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
}
