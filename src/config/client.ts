/** The environment variable that holds the API token of whoever runs a command. */
export const TOKEN_VARIABLE = 'PALISADE_TOKEN';

/** The API token of whoever runs the command, if they gave one. Never from a flag: flags are seen. */
export function clientToken(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const token = environment[TOKEN_VARIABLE]?.trim();
  return token === '' ? undefined : token;
}
