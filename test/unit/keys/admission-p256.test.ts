import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import { admitKey } from '../../../src/keys/admission';
import { encodeBase64url } from '../../../src/keys/base64url';

const refused = (code: string) =>
  expect.objectContaining({ ok: false, code, leakedThumbprint: null }) as object;

const fresh = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
const bytesOf = (value: bigint) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
const jwkOf = (x: bigint, y: bigint) => ({
  kty: 'EC',
  crv: 'P-256',
  x: encodeBase64url(bytesOf(x)),
  y: encodeBase64url(bytesOf(y)),
});

const { p, b } = p256.Point.CURVE();
/** The point with x = 0: its x can be spelt as p, too. */
const rootOfB = p256.Point.Fp.sqrt(b);

describe('a P-256 key is admitted', () => {
  it('as node:crypto exports it, pinned to ES256, with its required members only', () => {
    const jwk = fresh();
    expect(admitKey({ ...jwk, use: 'sig', alg: 'ES256', key_ops: ['verify'] })).toEqual({
      ok: true,
      key: {
        thumbprint: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) as string,
        algorithm: 'ES256',
        jwk: { kty: 'EC', crv: 'P-256', x: jwk.x, y: jwk.y },
      },
    });
  });

  it('with a coordinate of zero, as long as the point is on the curve', () => {
    expect(admitKey(jwkOf(0n, rootOfB))).toMatchObject({ ok: true });
  });
});

describe('a P-256 key is refused', () => {
  const { x = '', y = '' } = fresh();
  const jwk = { kty: 'EC', crv: 'P-256', x, y };
  const padded = (text: string) =>
    encodeBase64url(Buffer.concat([Buffer.of(0), Buffer.from(text, 'base64url')]));

  it('with a 33-byte coordinate that has a leading zero, which node:crypto takes', () => {
    for (const odd of [
      { ...jwk, x: padded(x) },
      { ...jwk, y: padded(y) },
    ]) {
      const taken = createPublicKey({ key: odd, format: 'jwk' }).export({ format: 'jwk' });
      expect(taken).toMatchObject({ x, y });
      expect(admitKey(odd)).toEqual(refused('MALFORMED_COORDINATE'));
    }
  });

  it.each([
    ['31 bytes', encodeBase64url(Buffer.alloc(31, 1))],
    ['padding', `${x}=`],
    ['a newline', `${x}\n`],
    ['a number', 5],
    ['nothing', undefined],
  ])('with a coordinate of %s', (_name, text) => {
    expect(admitKey({ ...jwk, x: text })).toEqual(refused('MALFORMED_COORDINATE'));
    expect(admitKey({ ...jwk, y: text })).toEqual(refused('MALFORMED_COORDINATE'));
  });

  it('off the curve, and at (0, 0)', () => {
    const { x: gx, y: gy } = p256.Point.BASE.toAffine();
    expect(admitKey(jwkOf(gx, gy + 1n))).toEqual(refused('NOT_ON_CURVE'));
    expect(admitKey(jwkOf(gy, gx))).toEqual(refused('NOT_ON_CURVE'));
    expect(admitKey(jwkOf(0n, 0n))).toEqual(refused('NOT_ON_CURVE'));
  });

  it('with coordinates that are not reduced', () => {
    expect(admitKey(jwkOf(p, rootOfB))).toEqual(refused('NOT_ON_CURVE'));
    expect(admitKey(jwkOf(p, p))).toEqual(refused('NOT_ON_CURVE'));
    expect(admitKey(jwkOf(2n ** 256n - 1n, rootOfB))).toEqual(refused('NOT_ON_CURVE'));
  });

  it.each(['P-384', 'P-521', 'secp256k1'])('on the curve %s', (namedCurve) => {
    const other = generateKeyPairSync('ec', { namedCurve }).publicKey.export({ format: 'jwk' });
    expect(admitKey(other)).toEqual(refused('UNSUPPORTED_KEY'));
  });

  it('when crv or alg do not fit', () => {
    expect(admitKey({ ...jwk, crv: 'P-384' })).toEqual(refused('UNSUPPORTED_KEY'));
    expect(admitKey({ ...jwk, crv: 'Ed25519' })).toEqual(refused('UNSUPPORTED_KEY'));
    expect(admitKey({ ...jwk, crv: 'p-256' })).toEqual(refused('UNSUPPORTED_KEY'));
    expect(admitKey({ ...jwk, alg: 'EdDSA' })).toEqual(refused('ALGORITHM_MISMATCH'));
    expect(admitKey({ ...jwk, alg: 'ES384' })).toEqual(refused('ALGORITHM_MISMATCH'));
    expect(admitKey({ ...jwk, alg: 'ECDH-ES' })).toEqual(refused('ALGORITHM_MISMATCH'));
  });
});
