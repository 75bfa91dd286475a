import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import type { RequestContext } from './context';
import { OPERATION_LIMITS, type OperationLimits } from './limits/limits';
import { refuseStandIns } from './limits/stand-in';
import { maskError } from './masking';
import { requestPlugin, type FaultLogger } from './request-plugin';

export interface ApolloOptions {
  /** Whether the schema may be asked about itself. */
  readonly introspection: boolean;
  /** Gets every fault that clients see only as INTERNAL. */
  readonly logger: FaultLogger;
  readonly limits?: Partial<OperationLimits>;
  /** Of the edge: draining, metrics. Each hook costs every request. */
  readonly plugins?: readonly ApolloServerPlugin<RequestContext>[];
}

/** The longest document in tokens; every other measure of it follows parsing. */
const TOKENS_MAX = 2000;

/**
 * Makes the GraphQL server, not yet started. It phones nobody, serves no page, takes no batches and
 * no hashes of documents, and says nothing of a fault but the request's id. Documents once parsed
 * and validated are kept in a cache of bounded size (30 MiB, Apollo's default).
 */
export function createApollo(
  schema: GraphQLSchema,
  { introspection, logger, limits, plugins = [] }: ApolloOptions,
): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    schema,
    introspection,
    // Fixed, so that no variable of the environment changes what is answered.
    nodeEnv: 'production',
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    formatError: maskError,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    parseOptions: {
      maxLexicalTokens: TOKENS_MAX,
      maxComments: TOKENS_MAX,
    },
    persistedQueries: false,
    stopOnTerminationSignals: false,
    validationOptions: { maxErrors: 5 },
    validationRules: [refuseStandIns],
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      requestPlugin({ ...OPERATION_LIMITS, ...limits }, logger),
      ...plugins,
    ],
  });
}
