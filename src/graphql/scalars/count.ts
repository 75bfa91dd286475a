import { GraphQLScalarType } from 'graphql';

/** Ways are combinations, and more of them than GraphQL's 32-bit Int counts. */
export const Count = new GraphQLScalarType<number, number>({
  name: 'Count',
  description:
    "How many there are: a JSON number of up to 53 bits, beyond GraphQL's Int. Only in answers.",
  serialize: (value) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
      throw new TypeError('a count is a safe integer');
    }
    return value;
  },
});
