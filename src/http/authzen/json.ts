import { malformed } from './faults';

/** A JSON object of a stranger; its members may be anything. */
export type JsonObject = Readonly<Record<string, unknown>>;

const DEPTH_MAX = 32;
/** What stands between the parts of a valid JSON text is this or less. */
const SPACE = 0x20;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a body that must be one JSON object of I-JSON (RFC 7493): UTF-8, no name twice in an object,
 * no lone surrogates; and at most 32 levels deep. Throws AuthzenFault.
 */
export function readJsonObject(body: Buffer): JsonObject {
  const text = decode(body);
  const value = parse(text);
  if (!isObject(value)) throw malformed('The body must be a JSON object.');
  // What was written twice was read once.
  if (countNames(value, 1) !== writtenNames(text)) {
    throw malformed('A name stands twice in one object of the body.');
  }
  if (text.includes('\\') && !isWellFormed(value)) {
    throw malformed('A string of the body holds half a surrogate pair.');
  }
  return value;
}

/** True if the value is an object, not an array, null or a scalar. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function decode(body: Buffer): string {
  try {
    return decoder.decode(body);
  } catch {
    throw malformed('The body is not UTF-8.');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('The body is not JSON.');
  }
}

function countNames(value: object, depth: number): number {
  if (depth > DEPTH_MAX) throw malformed(`The body is more than ${DEPTH_MAX} levels deep.`);
  const members: readonly unknown[] = Object.values(value);
  let names = Array.isArray(value) ? 0 : members.length;
  for (const member of members) {
    if (typeof member === 'object' && member !== null) names += countNames(member, depth + 1);
  }
  return names;
}

/** How many strings of a valid JSON text are names: a colon follows. */
function writtenNames(text: string): number {
  let names = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) {
    at = endOfString(text, at);
    let next = at + 1;
    while (text.charCodeAt(next) <= SPACE) next += 1;
    if (text[next] === ':') names += 1;
  }
  return names;
}

/** Where the string that begins here has its other quotation mark. */
function endOfString(text: string, begin: number): number {
  let end = text.indexOf('"', begin + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text[first - 1] === '\\') first -= 1;
  return (at - first) % 2 === 1;
}

const LONE_SURROGATE = /\p{Surrogate}/u;

function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return !LONE_SURROGATE.test(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(
    ([name, member]) => isWellFormed(name) && isWellFormed(member),
  );
}
