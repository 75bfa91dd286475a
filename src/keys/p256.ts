import { p256 } from '@noble/curves/nist.js';

/**
 * The fault of a P-256 public key, given as its two coordinates of 32 bytes (SEC 1 section 3.2.2),
 * or null. The curve has prime order, so a point on it other than infinity has the full order.
 */
export function p256Fault(x: Uint8Array, y: Uint8Array): 'NOT_ON_CURVE' | null {
  try {
    // The uncompressed form (SEC 1 section 2.3.3): it cannot spell infinity, and (0, 0), which
    // some libraries take for it, is not on the curve. Coordinates beyond the field throw.
    p256.Point.fromBytes(Uint8Array.from([4, ...x, ...y]));
    return null;
  } catch {
    return 'NOT_ON_CURVE';
  }
}
