import { ed25519 } from '@noble/curves/ed25519.js';

export type Ed25519Fault = 'NOT_ON_CURVE' | 'SMALL_ORDER' | 'NOT_CANONICAL' | 'MIXED_ORDER';

/**
 * The fault of an Ed25519 public key of 32 bytes (RFC 8032 section 5.1.3), or null.
 *
 * For a point of small order anybody can make signatures, and Node 20 and 22 verify them. A point
 * of mixed order, or a second encoding of a point, gives one private key several public keys.
 */
export function ed25519Fault(bytes: Uint8Array): Ed25519Fault | null {
  const point = decodeLoosely(bytes);
  if (point === null) return 'NOT_ON_CURVE';
  if (point.isSmallOrder()) return 'SMALL_ORDER';
  if (!Buffer.from(point.toBytes()).equals(bytes)) return 'NOT_CANONICAL';
  return point.isTorsionFree() ? null : 'MIXED_ORDER';
}

/** Decodes by the looser rules of ZIP 215, so that each fault can be told from the others. */
function decodeLoosely(bytes: Uint8Array): ReturnType<typeof ed25519.Point.fromBytes> | null {
  try {
    return ed25519.Point.fromBytes(bytes, true);
  } catch {
    return null;
  }
}
