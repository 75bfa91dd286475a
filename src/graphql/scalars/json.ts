import { GraphQLScalarType } from 'graphql';
import { GraphQLJSON } from 'graphql-scalars';

/** Only for answers: what events say differs by their type. */
export const Json = new GraphQLScalarType<unknown, unknown>({
  ...GraphQLJSON.toConfig(),
  name: 'JSON',
  description: 'Any JSON value (RFC 8259). Only in answers.',
});
