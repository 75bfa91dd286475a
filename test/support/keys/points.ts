import { ed25519 } from '@noble/curves/ed25519.js';

const P = 2n ** 255n - 19n;

/** A y coordinate and the sign of x as RFC 8032 encodes them, without asking whether they may. */
function encodePoint(y: bigint, sign: 0 | 1): Buffer {
  const bytes = Buffer.from(y.toString(16).padStart(64, '0'), 'hex').reverse();
  bytes.writeUInt8(bytes.readUInt8(31) | (sign << 7), 31);
  return bytes;
}

const ORDER_8 = [
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
].map((hex) => BigInt(`0x${Buffer.from(hex, 'hex').reverse().toString('hex')}`));

const SIGNS = [0, 1] as const;

/** All encodings of the 8 points of small order: 8 canonical ones and 6 more. */
export const SMALL_ORDER_ENCODINGS: readonly Buffer[] = [
  0n,
  1n,
  P - 1n,
  P,
  P + 1n,
  ...ORDER_8,
].flatMap((y) => SIGNS.map((sign) => encodePoint(y, sign)));

/** The 7 points of small order other than the identity. */
export const TORSION = SMALL_ORDER_ENCODINGS.map((bytes) => ed25519.Point.fromBytes(bytes, true))
  .filter((point) => !point.is0())
  .filter((point, index, all) => all.findIndex((other) => other.equals(point)) === index);

/** Encodings of points of large order whose y is not reduced modulo p. */
export const UNREDUCED_ENCODINGS: readonly Buffer[] = [
  3n,
  4n,
  5n,
  6n,
  9n,
  10n,
  14n,
  15n,
  16n,
  18n,
].flatMap((y) => SIGNS.map((sign) => encodePoint(P + y, sign)));

/** Encodings without a point: y = 2, 7, 8 and 11 have no x, reduced or not. */
export const ENCODINGS_OFF_CURVE: readonly Buffer[] = [2n, 7n, 8n, 11n, P + 2n, P + 7n].flatMap(
  (y) => SIGNS.map((sign) => encodePoint(y, sign)),
);
