import { hash } from 'node:crypto';

/**
 * Opaque tokens: a prefix that says the kind, 32 random bytes in base62 (43 characters), and a
 * checksum of 6 more: the first 4 bytes of SHA-256(prefix and body), in base62. Letters and digits
 * only, so that a double click takes the whole token; the checksum lets secret scanners and the
 * server drop typing errors and look-alikes without a look-up. It protects nothing.
 */

const PREFIXES = {
  API_TOKEN: 'plsd_',
  AGENT_SESSION: 'agts_',
  INSTALLATION: 'plsi_',
} as const;
export type SecretTokenKind = keyof typeof PREFIXES;

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_BYTES = 32;
const BODY_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
const FORM = /^[a-z]{4}_[0-9A-Za-z]{49}$/;
const KINDS = Object.keys(PREFIXES) as SecretTokenKind[];

/** Makes a token of 32 random bytes. Throws a RangeError on any other number of bytes. */
export function formatSecretToken(kind: SecretTokenKind, random: Uint8Array): string {
  if (random.length !== RANDOM_BYTES) throw new RangeError('a token is made from 32 random bytes');
  const unchecked = PREFIXES[kind] + bodyOf(random);
  return unchecked + checksum(unchecked);
}

/** The kind of a well-formed token, or null. Says nothing about whether the token is valid. */
export function parseSecretToken(text: string): SecretTokenKind | null {
  if (!FORM.test(text)) return null;
  const unchecked = text.slice(0, -CHECKSUM_LENGTH);
  if (checksum(unchecked) !== text.slice(-CHECKSUM_LENGTH)) return null;
  return KINDS.find((kind) => text.startsWith(PREFIXES[kind])) ?? null;
}

/**
 * SHA-256 of the whole token, hex: what is stored and looked up. A plain hash is enough for 256
 * random bits, and looking up by it compares nothing secret byte by byte.
 */
export function hashSecretToken(token: string): string {
  return hash('sha256', token, 'hex');
}

function checksum(text: string): string {
  let value = Number.parseInt(hash('sha256', text, 'hex').slice(0, 8), 16);
  let digits = '';
  for (let place = 0; place < CHECKSUM_LENGTH; place += 1) {
    digits = ALPHABET.charAt(value % 62) + digits;
    value = Math.floor(value / 62);
  }
  return digits;
}

function bodyOf(random: Uint8Array): string {
  let value = BigInt(`0x${Buffer.from(random).toString('hex')}`);
  let digits = '';
  for (let place = 0; place < BODY_LENGTH; place += 1) {
    digits = ALPHABET.charAt(Number(value % 62n)) + digits;
    value /= 62n;
  }
  return digits;
}
