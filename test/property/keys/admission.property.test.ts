import { createPublicKey } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import fc from 'fast-check';
import { admitKey } from '../../../src/keys/admission';
import { admitKeyText } from '../../../src/keys/admission-text';
import { encodeBase64url } from '../../../src/keys/base64url';
import { TORSION } from '../../support/keys/points';

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
const okp = (x: Uint8Array) => ({ kty: 'OKP', crv: 'Ed25519', x: encodeBase64url(x) });
const ec = (x: Uint8Array, y: Uint8Array) => ({
  kty: 'EC',
  crv: 'P-256',
  x: encodeBase64url(x),
  y: encodeBase64url(y),
});

const keys = fc.oneof(
  bytes32.map((secret) => okp(ed25519.getPublicKey(secret))),
  bytes32
    .filter((secret) => p256.utils.isValidSecretKey(secret))
    .map((secret) => p256.getPublicKey(secret, false))
    .map((point) => ec(point.subarray(1, 33), point.subarray(33))),
);

describe('key admission', () => {
  it('is idempotent, blind to the order of members, and agrees with its text form', () => {
    fc.assert(
      fc.property(keys, fc.boolean(), (jwk, named) => {
        const admission = admitKey(jwk);
        if (!admission.ok) throw new Error(admission.code);
        expect(admission.key.jwk).toEqual(jwk);
        expect(admitKey(admission.key.jwk)).toEqual(admission);
        const again = { ...jwk, ...(named ? { kid: admission.key.thumbprint } : {}) };
        const reversed = Object.fromEntries(Object.entries(again).reverse());
        expect(admitKey(reversed)).toEqual(admission);
        expect(admitKeyText(JSON.stringify(reversed))).toEqual(admission);
        expect(createPublicKey({ key: { ...jwk }, format: 'jwk' }).type).toBe('public');
      }),
      { numRuns: 60 },
    );
  });

  it('takes of any 32 bytes only canonical points of the prime-order group', () => {
    // 8P divided by 8 is P again exactly where P has no part of small order.
    const eighth = ed25519.Point.Fn.inv(8n);
    fc.assert(
      fc.property(bytes32, (bytes) => {
        const admission = admitKey(okp(bytes));
        let sound = false;
        try {
          const point = ed25519.Point.fromBytes(bytes, false);
          const cleared = point.clearCofactor();
          sound = !cleared.is0() && cleared.multiply(eighth).equals(point);
        } catch {
          sound = false;
        }
        expect(admission.ok).toBe(sound);
      }),
      { numRuns: 150 },
    );
  });

  it('takes no sum of a sound point and one of small order', () => {
    fc.assert(
      fc.property(bytes32, fc.constantFrom(...TORSION), (secret, torsion) => {
        const point = ed25519.Point.fromBytes(ed25519.getPublicKey(secret)).add(torsion);
        expect(admitKey(okp(point.toBytes()))).toMatchObject({ code: 'MIXED_ORDER' });
      }),
      { numRuns: 60 },
    );
  });

  it('takes no P-256 point with one bit changed', () => {
    fc.assert(
      fc.property(keys, fc.nat(511), (jwk, bit) => {
        fc.pre('y' in jwk);
        const point = Buffer.concat(
          [jwk.x, 'y' in jwk ? jwk.y : ''].map((text) => Buffer.from(text, 'base64url')),
        );
        point.writeUInt8(point.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        const admission = admitKey(ec(point.subarray(0, 32), point.subarray(32)));
        expect(admission).toMatchObject({ ok: false, code: 'NOT_ON_CURVE' });
      }),
      { numRuns: 60 },
    );
  });

  it('throws at nothing, and admits nothing strange', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withMap: true }), (value) => {
        expect(admitKey(value).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        expect(admitKeyText(text).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('repeats nothing of a submission in its answer', () => {
    const marker = 'c3VibWl0dGVkLXNlY3JldA';
    fc.assert(
      fc.property(keys, fc.string({ maxLength: 8 }), (jwk, name) => {
        for (const odd of [
          { ...jwk, [name]: marker },
          { ...jwk, [marker]: name },
          [marker],
          marker,
        ]) {
          expect(JSON.stringify(admitKey(odd))).not.toContain(marker);
          expect(JSON.stringify(admitKeyText(JSON.stringify(odd)))).not.toContain(marker);
        }
      }),
      { numRuns: 60 },
    );
  });
});
