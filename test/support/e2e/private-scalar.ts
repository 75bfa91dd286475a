import type { KeyObject } from 'node:crypto';

/** A needle and the name of its encoding. */
type Encoded = readonly [encoding: string, bytes: Buffer];

/**
 * The private scalar of a key in every form that it could leak in: raw, hexadecimal in both cases,
 * decimal, base64 and base64url at each of the three alignments, and the whole key in DER.
 */
function encodingsOfPrivateKey(privateKey: KeyObject): readonly Encoded[] {
  const { d } = privateKey.export({ format: 'jwk' });
  if (d === undefined) throw new TypeError('not a private key');
  const scalar = Buffer.from(d, 'base64url');
  const hex = scalar.toString('hex');
  return [
    ['raw', scalar],
    ['raw, reversed', Buffer.from(scalar).reverse()],
    ['hex', Buffer.from(hex)],
    ['HEX', Buffer.from(hex.toUpperCase())],
    ['decimal', Buffer.from(BigInt(`0x${hex}`).toString())],
    ...[0, 1, 2].flatMap((offset) => aligned(scalar, offset)),
    ['DER', privateKey.export({ format: 'der', type: 'pkcs8' })],
  ];
}

// Base64 of bytes inside a longer text depends on where they start; its inner part does not.
function aligned(scalar: Buffer, offset: number): readonly Encoded[] {
  const padded = Buffer.concat([Buffer.alloc(offset), scalar]);
  return (['base64', 'base64url'] as const).map((encoding) => {
    const text = padded.toString(encoding).replaceAll('=', '');
    return [`${encoding}, offset ${String(offset)}`, Buffer.from(text.slice(4, -4))];
  });
}

/** The encodings under which the key is found in the bytes. */
export function findPrivateKey(privateKey: KeyObject, bytes: Buffer): readonly string[] {
  return encodingsOfPrivateKey(privateKey)
    .filter(([, needle]) => bytes.includes(needle))
    .map(([encoding]) => encoding);
}
