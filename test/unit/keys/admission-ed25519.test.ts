import { generateKeyPairSync, verify, createPublicKey } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { admitKey } from '../../../src/keys/admission';
import { encodeBase64url } from '../../../src/keys/base64url';
import {
  ENCODINGS_OFF_CURVE,
  SMALL_ORDER_ENCODINGS,
  TORSION,
  UNREDUCED_ENCODINGS,
} from '../../support/keys/points';

const jwkOf = (x: Uint8Array | string) => ({
  kty: 'OKP',
  crv: 'Ed25519',
  x: typeof x === 'string' ? x : encodeBase64url(x),
});
const refused = (code: string) =>
  expect.objectContaining({ ok: false, code, leakedThumbprint: null }) as object;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** The next character of the alphabet: the same bits, and one of the unused ones set. */
const oneBitMore = (character: string) => ALPHABET.charAt(ALPHABET.indexOf(character) + 1);

const fresh = () => generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });

describe('an Ed25519 key is admitted', () => {
  it('as node:crypto exports it, pinned to EdDSA, with its required members only', () => {
    const jwk = fresh();
    expect(admitKey({ ...jwk, use: 'sig', alg: 'EdDSA', key_ops: ['verify'] })).toEqual({
      ok: true,
      key: {
        thumbprint: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) as string,
        algorithm: 'EdDSA',
        jwk: { kty: 'OKP', crv: 'Ed25519', x: jwk.x },
      },
    });
  });

  it('under the algorithm name of RFC 9864 too', () => {
    expect(admitKey({ ...fresh(), alg: 'Ed25519' })).toMatchObject({
      ok: true,
      key: { algorithm: 'EdDSA' },
    });
  });
});

describe('an Ed25519 key is refused', () => {
  it('in all 14 encodings of points of small order', () => {
    const encodings = SMALL_ORDER_ENCODINGS;
    expect(new Set(encodings.map(encodeBase64url)).size).toBe(14);
    for (const bytes of encodings) expect(admitKey(jwkOf(bytes))).toEqual(refused('SMALL_ORDER'));
  });

  it('of mixed order, for each of the 7 points of small order other than the identity', () => {
    expect(TORSION).toHaveLength(7);
    for (const torsion of TORSION) {
      const honest = ed25519.Point.fromBytes(ed25519.keygen().publicKey);
      const mixed = honest.add(torsion).toBytes();
      expect(admitKey(jwkOf(mixed))).toEqual(refused('MIXED_ORDER'));
    }
  });

  it('in an encoding whose y is not reduced', () => {
    for (const bytes of UNREDUCED_ENCODINGS) {
      expect(admitKey(jwkOf(bytes))).toEqual(refused('NOT_CANONICAL'));
    }
  });

  it('off the curve', () => {
    for (const bytes of ENCODINGS_OFF_CURVE) {
      expect(admitKey(jwkOf(bytes))).toEqual(refused('NOT_ON_CURVE'));
    }
  });

  it('before a signature that anybody can make counts: R the identity, S zero, A the identity', () => {
    const identity = SMALL_ORDER_ENCODINGS[2] ?? Buffer.of();
    const forged = Buffer.concat([identity, Buffer.alloc(32)]);
    const point = ed25519.Point.fromBytes(identity, true);
    expect(point.is0()).toBe(true);
    // The equation holds for every message; whether Node notices depends on its version.
    expect(ed25519.verify(forged, Buffer.from('anything'), identity, { zip215: true })).toBe(true);
    const key = createPublicKey({ key: jwkOf(identity), format: 'jwk' });
    expect(typeof verify(null, Buffer.from('anything'), key, forged)).toBe('boolean');
    expect(admitKey(jwkOf(identity))).toEqual(refused('SMALL_ORDER'));
  });

  const x = String(fresh().x);
  it.each([
    ['padding', `${x}=`],
    ['a space before', ` ${x}`],
    ['a newline after', `${x}\n`],
    ['a newline inside', `${x.slice(0, 20)}\n${x.slice(20)}`],
    ['a set bit after the last byte', x.slice(0, -1) + oneBitMore(x.slice(-1))],
    ['31 bytes', encodeBase64url(Buffer.alloc(31, 7))],
    ['33 bytes', encodeBase64url(Buffer.alloc(33, 7))],
    ['the standard alphabet', `+/${x.slice(2)}`],
    ['hexadecimal', Buffer.from(x, 'base64url').toString('hex')],
    ['nothing', ''],
  ])('with %s in x', (_name, text) => {
    expect(admitKey(jwkOf(text))).toEqual(refused('MALFORMED_COORDINATE'));
  });

  it.each([[null], [7], [[x]], [{ toString: x }], [true], [undefined]])('with %p as x', (value) => {
    expect(admitKey({ kty: 'OKP', crv: 'Ed25519', x: value })).toEqual(
      refused('MALFORMED_COORDINATE'),
    );
  });

  it('without x', () => {
    expect(admitKey({ kty: 'OKP', crv: 'Ed25519' })).toEqual(refused('MALFORMED_COORDINATE'));
  });

  it('with a y', () => {
    expect(admitKey({ ...fresh(), y: x })).toEqual(refused('UNKNOWN_MEMBER'));
  });

  it.each(['ES256', 'Ed448', 'eddsa', 'none', '', null, ['EdDSA']])('with alg %p', (alg) => {
    expect(admitKey({ ...fresh(), alg })).toEqual(refused('ALGORITHM_MISMATCH'));
  });
});
