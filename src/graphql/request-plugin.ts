import type {
  ApolloServerPlugin,
  GraphQLRequestContextDidEncounterErrors,
  GraphQLRequestContextDidResolveOperation,
  GraphQLRequestContextWillSendResponse,
  GraphQLRequestListener,
} from '@apollo/server';
import type { RequestContext } from './context';
import { rejection } from './errors';
import { checkOperation, type OperationLimits } from './limits/limits';
import { fragmentsOf, rootFieldsOf } from './limits/measure';
import { codeOf } from './masking';

/** What faults are logged through; a pino logger fits. */
export interface FaultLogger {
  readonly error: (fields: object, message: string) => void;
}

/** What a stranger may ask for: to become an agent, and what the schema itself answers. */
const OPEN_FIELDS = new Set(['agentRegister', '__typename', '__schema', '__type']);

/**
 * Guards every operation before it executes (who may ask at all, and how much), logs what is masked
 * on the way out, and gives each error the request's id, by which the log line is found.
 */
export function requestPlugin(
  limits: OperationLimits,
  logger: FaultLogger,
): ApolloServerPlugin<RequestContext> {
  // Apollo awaits every hook there is on every request: these and no others.
  const hooks: GraphQLRequestListener<RequestContext> = {
    didResolveOperation: (request) => {
      guard(request, limits);
      return DONE;
    },
    didEncounterErrors: (request) => {
      logFaults(request, logger);
      return DONE;
    },
    willSendResponse: (request) => {
      addRequestId(request);
      return DONE;
    },
  };
  const listening = Promise.resolve(hooks);
  return { requestDidStart: () => listening };
}

const DONE = Promise.resolve();

function guard(
  request: GraphQLRequestContextDidResolveOperation<RequestContext>,
  limits: OperationLimits,
): void {
  const { schema, document, operation, contextValue } = request;
  // No operation has the name asked for: execution will say so.
  if (operation === undefined) return;
  if (contextValue.principal.kind === 'ANONYMOUS') {
    const fields = rootFieldsOf(operation, fragmentsOf(document));
    if (fields.some((field) => !OPEN_FIELDS.has(field))) throw rejection('UNAUTHENTICATED', 401);
  }
  checkOperation(schema, document, operation, request.request.variables ?? {}, limits);
}

function logFaults(
  { errors, contextValue }: GraphQLRequestContextDidEncounterErrors<RequestContext>,
  logger: FaultLogger,
): void {
  for (const error of errors) {
    if (codeOf(error) !== 'INTERNAL') continue;
    logger.error(
      { requestId: contextValue.requestId, path: error.path, err: error.originalError ?? error },
      'a request met a fault',
    );
  }
}

function addRequestId({
  response,
  contextValue: { requestId },
}: GraphQLRequestContextWillSendResponse<RequestContext>): void {
  if (response.body.kind !== 'single') return;
  const { singleResult } = response.body;
  if (singleResult.errors === undefined) return;
  singleResult.errors = singleResult.errors.map((error) => ({
    ...error,
    extensions: { ...error.extensions, requestId },
  }));
}
