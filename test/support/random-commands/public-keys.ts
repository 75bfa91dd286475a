import { createPrivateKey, createPublicKey } from 'node:crypto';

/** What stands before the 32 bytes of an Ed25519 private key in PKCS #8 (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The public key of a made-up agent as a JWK: the same number, the same key. */
export function publicKeyOf(number: number): string {
  const known = made.get(number) ?? makePublicKey(number);
  made.set(number, known);
  return known;
}

const made = new Map<number, string>();

function makePublicKey(number: number): string {
  const seed = Buffer.alloc(32);
  seed.writeUInt32BE(number);
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  return JSON.stringify(createPublicKey(key).export({ format: 'jwk' }));
}
