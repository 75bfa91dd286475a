import {
  HeaderMap,
  type ApolloServerPlugin,
  type GraphQLRequestContextResponseForOperation,
  type GraphQLRequestListener,
  type GraphQLResponse,
} from '@apollo/server';
import type { RequestContext } from '../context';
import { CompiledOperations } from './compiled-operations';

/**
 * Answers queries by compiled programs, once every guard has let them pass. Only answers without any
 * error are given: whatever goes wrong is left to graphql-js, which meets it again and tells it as
 * ever. So mutations, which must not be done twice, are never compiled.
 */
export function compiledPlugin(): ApolloServerPlugin<RequestContext> {
  let operations: CompiledOperations | undefined;
  const hooks: GraphQLRequestListener<RequestContext> = {
    responseForOperation: (request) => {
      operations ??= new CompiledOperations(request.schema);
      return answer(operations, request);
    },
  };
  const listening = Promise.resolve(hooks);
  return { requestDidStart: () => listening };
}

async function answer(
  operations: CompiledOperations,
  request: GraphQLRequestContextResponseForOperation<RequestContext>,
): Promise<GraphQLResponse | null> {
  const { document, operation, contextValue } = request;
  // Apollo's type leaves out that a name may fit no operation.
  if ((operation as typeof operation | undefined)?.operation !== 'query') return null;
  const compiled = operations.find(document, operation);
  if (compiled === null) return null;
  const { data, errors } = await compiled.query(
    undefined,
    contextValue,
    request.request.variables ?? {},
  );
  if (data == null || errors !== undefined) return null;
  return {
    http: { headers: new HeaderMap() },
    body: { kind: 'single', singleResult: { data } },
  };
}
