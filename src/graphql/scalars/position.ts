import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

function readPosition(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) {
    throw new GraphQLError('Position must be a whole number from 1 to 9007199254740991.');
  }
  return value;
}

/** Positions outgrow GraphQL's 32-bit Int, and are exact as JSON numbers up to 2^53 - 1. */
export const Position = new GraphQLScalarType<number, number>({
  name: 'Position',
  description:
    "The place of an event in its ledger: 1, 2, 3 and so on without gaps. A JSON number of up to 53 bits, beyond GraphQL's Int; 0 in an answer means an empty ledger.",
  serialize: (value) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
      throw new TypeError('a position is a safe integer');
    }
    return value;
  },
  parseValue: readPosition,
  parseLiteral: (node) =>
    readPosition(node.kind === Kind.INT && node.value.length <= 16 ? Number(node.value) : null),
});
