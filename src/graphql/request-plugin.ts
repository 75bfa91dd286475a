import type {
  ApolloServerPlugin,
  GraphQLRequestContextDidEncounterErrors,
  GraphQLRequestContextDidResolveOperation,
  GraphQLRequestContextValidationDidStart,
  GraphQLRequestContextWillSendResponse,
  GraphQLRequestListener,
} from '@apollo/server';
import type { DocumentNode, GraphQLError } from 'graphql';
import type { RequestContext, RequestPrincipal } from './context';
import { rejection } from './errors';
import { checkOperation, faultOfSize, type OperationLimits } from './limits/limits';
import { standIn } from './limits/stand-in';
import { surveyOf } from './limits/survey';
import { codeOf } from './masking';

/** What faults are logged through; a pino logger fits. */
export interface FaultLogger {
  readonly error: (fields: object, message: string) => void;
}

/** What a stranger may ask for: to become an agent, and what the schema itself answers. */
const OPEN_FIELDS = new Set(['agentRegister', '__typename', '__schema', '__type']);

/**
 * Guards every document before it is validated and every operation before it executes (who may ask
 * at all, and how much), logs what is masked on the way out, and gives each error the request's id,
 * by which the log line is found.
 */
export function requestPlugin(
  limits: OperationLimits,
  logger: FaultLogger,
): ApolloServerPlugin<RequestContext> {
  // Apollo awaits every hook there is on every request: these and no others.
  const hooks: GraphQLRequestListener<RequestContext> = {
    // Only for documents that Apollo does not know as valid yet.
    validationDidStart: (request) => {
      guardValidation(request, limits);
      return DONE;
    },
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

/** Validation may cost far more than its document's length: what can be refused is, before. */
function guardValidation(
  request: GraphQLRequestContextValidationDidStart<RequestContext>,
  limits: OperationLimits,
): void {
  const { document, contextValue } = request;
  // Its size first: what its operations ask for is then found in bounded time.
  const refusal =
    faultOfSize(document, limits) ?? faultOfPrincipal(contextValue.principal, document);
  if (refusal !== null) Object.assign(request, { document: standIn(refusal) });
}

function guard(
  request: GraphQLRequestContextDidResolveOperation<RequestContext>,
  limits: OperationLimits,
): void {
  const { schema, document, operation, contextValue } = request;
  // Also of a document that was validated for somebody else.
  const refusal = faultOfPrincipal(contextValue.principal, document);
  if (refusal !== null) throw refusal;
  // No operation has the name asked for: execution will say so.
  if (operation === undefined) return;
  checkOperation(schema, document, operation, request.request.variables ?? {}, limits);
}

/** A stranger may ask only what is open, in every operation, whichever the request names. */
function faultOfPrincipal({ kind }: RequestPrincipal, document: DocumentNode): GraphQLError | null {
  if (kind !== 'ANONYMOUS') return null;
  const fields = [...surveyOf(document).values()].flat();
  return fields.every((field) => OPEN_FIELDS.has(field)) ? null : rejection('UNAUTHENTICATED', 401);
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
