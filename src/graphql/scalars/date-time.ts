import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** The instant of an RFC 3339 text in milliseconds since 1970, or null if it is none. */
export function parseInstant(text: string): number | null {
  const match = RFC_3339.exec(text);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0] = match.slice(1, 4).map(Number);
  // Date would take 30 February for 1 March.
  if (month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) {
    return null;
  }
  const instant = Date.parse(text);
  return instant >= 0 ? instant : null;
}

function readInstant(value: unknown): number {
  const instant = typeof value === 'string' ? parseInstant(value) : null;
  if (instant === null) {
    throw new GraphQLError(
      'DateTime must be an RFC 3339 date-time with an offset, in 1970 or later, to the millisecond.',
    );
  }
  return instant;
}

/** Instants: integer milliseconds inside the program, RFC 3339 in UTC with milliseconds outside. */
export const DateTime = new GraphQLScalarType<number, string>({
  name: 'DateTime',
  description:
    'An instant as an RFC 3339 date-time. Answers are in UTC with milliseconds, such as `2024-03-01T12:00:00.000Z`; input may have any offset, and lies in 1970 or later.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize: (value) => {
    if (typeof value !== 'number') throw new TypeError('an instant is a number of milliseconds');
    return new Date(value).toISOString();
  },
  parseValue: readInstant,
  parseLiteral: (node) => readInstant(node.kind === Kind.STRING ? node.value : null),
});
