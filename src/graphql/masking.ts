import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ERROR_CODES, isErrorCode, type ErrorCode } from './errors';

/**
 * What of an error leaves the server. Errors whose code is not published become INTERNAL without
 * their message, and no message repeats what the client sent: it may be a token or a key.
 */
export function maskError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const code = codeOf(error);
  if (code === 'INTERNAL') {
    const { locations, path } = formatted;
    return {
      message: ERROR_CODES.INTERNAL,
      ...(locations && { locations }),
      ...(path && { path }),
      extensions: { code },
    };
  }
  const message =
    code === 'BAD_USER_INPUT' || code.startsWith('GRAPHQL_')
      ? withoutValues(formatted.message)
      : formatted.message;
  return { ...formatted, message, extensions: { ...formatted.extensions, code } };
}

/** The code that clients see of an error; INTERNAL for whatever has none that is published. */
export function codeOf(error: unknown): ErrorCode {
  if (!(error instanceof GraphQLError)) return 'INTERNAL';
  // Apollo gives what refused a document a code of its own: that of the refusal tells more.
  const refusal = error.originalError instanceof GraphQLError ? error.originalError : error;
  const code = refusal.extensions['code'] ?? error.extensions['code'];
  if (isErrorCode(code)) return code;
  // Arguments that variables make null are faulted only by execution, which knows no codes.
  const ofArgument =
    error.originalError instanceof GraphQLError && error.message.startsWith('Argument "');
  return ofArgument ? 'BAD_USER_INPUT' : 'INTERNAL';
}

const VARIABLE = /^Variable "\$(\w+)" (?:got|has) invalid value[^]*$/u;
const REASONS = [
  /Field "\w+" is not defined by type "\w+"/u,
  /Field "\w+" of required type "[\w![\]]+" was not provided/u,
  /Expected non-nullable type "[\w![\]]+" not to be null/u,
  /Expected type "\w+" to be an object/u,
  /(?:DateTime|Position) must be [^".]+/u,
  /does not exist in "\w+" enum/u,
  /Exactly one key must be specified for OneOf type "\w+"/u,
  /Field "\w+" must be non-null/u,
];
const QUOTATIONS: readonly (readonly [RegExp, string])[] = [
  [/, found [^]*$/u, '.'],
  [/^(Syntax Error: Unexpected (?:Block)?(?:String|Int|Float)) [^]*$/u, '$1.'],
  [/^Value "[^]*" does not exist in/u, 'The value does not exist in'],
  [/(cannot represent [^:"]*): [^]*$/u, '$1.'],
  [/^(Argument "\w+" has invalid value) [^]*$/u, '$1.'],
];

/** The message of a parse, validation or coercion error of graphql-js, less the values it quotes. */
export function withoutValues(message: string): string {
  const name = VARIABLE.exec(message)?.[1];
  if (name === undefined) {
    return QUOTATIONS.reduce((text, [pattern, kept]) => text.replace(pattern, kept), message);
  }
  const at = new RegExp(` at "(${name}[.\\w[\\]]*)"; `, 'u').exec(message)?.[1] ?? name;
  const reason = REASONS.map((pattern) => pattern.exec(message)?.[0]).find(Boolean);
  return `Variable "$${name}" has an invalid value at "${at}": ${reason ?? 'it has the wrong type'}.`;
}
