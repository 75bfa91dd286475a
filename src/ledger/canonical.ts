import canonicalize from 'canonicalize';

const LONE_SURROGATE = /\p{Cs}/u;

/** Thrown for a value that has no canonical form that every reader agrees on. */
export class NotCanonical extends Error {
  override readonly name = 'NotCanonical';
}

/**
 * The canonical JSON of a value (RFC 8785). Refuses what readers would disagree on: numbers that
 * are not safe integers, lone surrogates, and anything that JSON has no word for.
 */
export function canonicalJson(value: unknown): string {
  refuseAmbiguous(value);
  const text = canonicalize(value);
  if (text === undefined) throw new NotCanonical('not a JSON value');
  return text;
}

function refuseAmbiguous(value: unknown): void {
  switch (typeof value) {
    case 'boolean':
      return;
    case 'string':
      if (LONE_SURROGATE.test(value)) throw new NotCanonical('a string with a lone surrogate');
      return;
    case 'number':
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
        throw new NotCanonical('a number that is not a safe integer');
      }
      return;
    case 'object':
      if (value === null) return;
      if (Array.isArray(value)) {
        for (const item of value) refuseAmbiguous(item);
        return;
      }
      if (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null) {
        for (const [name, member] of Object.entries(value)) {
          refuseAmbiguous(name);
          refuseAmbiguous(member);
        }
        return;
      }
      throw new NotCanonical('an object that is not plain');
    default:
      throw new NotCanonical(`a ${typeof value}`);
  }
}
