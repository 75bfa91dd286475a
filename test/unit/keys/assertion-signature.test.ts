import { createHash, verify } from 'node:crypto';
import { ed25519_hasher } from '@noble/curves/ed25519.js';
import { p256, p256_hasher } from '@noble/curves/nist.js';
import { generateAgentKey } from '../../../src/agent/agent-key-pair';
import { admitKey } from '../../../src/keys/admission';
import { readAssertion, type ParsedAssertion } from '../../../src/keys/assertion';
import { DECOY_KEYS, verifyAssertion } from '../../../src/keys/assertion-signature';
import { claimsOf, failed, forge, JTI, judge } from '../../support/keys/forge';

const ed = generateAgentKey();
const ec = generateAgentKey('ES256');
const ORDER_P256 = p256.Point.Fn.ORDER;
const ORDER_ED25519 = 2n ** 252n + 27742317777372353535851937790883648493n;

const hex = (value: bigint) => value.toString(16).padStart(64, '0');
const numberOf = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);

const signatureOf = (token: string) => Buffer.from(token.split('.')[2] ?? '', 'base64url');
const withSignature = (token: string, signature: Uint8Array) =>
  `${token.slice(0, token.lastIndexOf('.'))}.${Buffer.from(signature).toString('base64url')}`;

const parsed = (token: string): ParsedAssertion => {
  const read = readAssertion(token);
  if (!read.ok) throw new Error('the test needs a token of good form');
  return read.assertion;
};

describe('an ES256 signature', () => {
  const token = forge(ec);
  const signature = signatureOf(token);
  const r = numberOf(signature.subarray(0, 32));
  const s = numberOf(signature.subarray(32));
  const bytes = (first: bigint, second: bigint) => Buffer.from(hex(first) + hex(second), 'hex');

  it('has a second form (r, n - s), which names the same jti', async () => {
    const malleated = withSignature(token, bytes(r, ORDER_P256 - s));
    expect(malleated).not.toBe(token);
    const [first, second] = [await judge(token, [ec]), await judge(malleated, [ec])];
    expect(first).toMatchObject({ ok: true, claims: { jti: JTI } });
    expect(second).toEqual(first);
  });

  it.each([
    ['r = 0', bytes(0n, s)],
    ['s = 0', bytes(r, 0n)],
    ['r = s = 0', bytes(0n, 0n)],
    ['r = n', bytes(ORDER_P256, s)],
    ['s = n', bytes(r, ORDER_P256)],
    ['r and s of all ones', Buffer.alloc(64, 255)],
    ['r and s exchanged', bytes(s, r)],
    ['s + 1', bytes(r, (s + 1n) % ORDER_P256)],
    ['63 bytes', signature.subarray(1)],
    ['63 bytes, cut at the end', signature.subarray(0, 63)],
    ['65 bytes', Buffer.concat([signature, Buffer.of(0)])],
    ['65 bytes, with a zero before', Buffer.concat([Buffer.of(0), signature])],
    ['66 bytes, each half with a zero before', Buffer.from(`00${hex(r)}00${hex(s)}`, 'hex')],
    ['132 bytes', Buffer.alloc(132, 1)],
    ['one byte', Buffer.of(1)],
  ])('is refused with %s', async (_name, odd) => {
    expect(await judge(withSignature(token, odd), [ec])).toEqual(failed('sig'));
  });

  it('is refused with r + n, where that still fits into 32 bytes', async () => {
    // No signer meets so small an r: the key is made to fit the signature, Q = (sR - zG) / r.
    const input = Buffer.from('header.payload');
    const { Point } = p256;
    const small = 5n;
    const R = Point.fromBytes(Buffer.from(`02${hex(small)}`, 'hex'));
    const z = numberOf(createHash('sha256').update(input).digest());
    const inverse = Point.Fn.inv(small);
    const Q = R.multiply((7n * inverse) % ORDER_P256).subtract(
      Point.BASE.multiply((z * inverse) % ORDER_P256),
    );
    const { x, y } = Q.toAffine();
    const base64url = (value: bigint) => Buffer.from(hex(value), 'hex').toString('base64url');
    const admission = admitKey({ kty: 'EC', crv: 'P-256', x: base64url(x), y: base64url(y) });
    if (!admission.ok) throw new Error('the test needs an admitted key');

    const { thumbprint } = admission.key;
    const assertion = { ...parsed(token), kid: thumbprint, signingInput: input };
    const signed = (first: bigint) => ({ ...assertion, signature: bytes(first, 7n) });
    expect(await verifyAssertion(signed(small), admission.key)).toMatchObject({ ok: true });
    expect(await verifyAssertion(signed(small + ORDER_P256), admission.key)).toEqual(failed('sig'));
  });

  it('is refused in DER', async () => {
    const der = p256.Signature.fromBytes(signature).toBytes('der');
    const { jwk } = ec.publicKey;
    const input = Buffer.from(token.slice(0, token.lastIndexOf('.')));
    expect(verify('sha256', input, { key: { ...jwk }, format: 'jwk' }, der)).toBe(true);
    expect(await judge(withSignature(token, der), [ec])).toEqual(failed('sig'));
  });
});

describe('an Ed25519 signature', () => {
  const token = forge(ed);
  const signature = signatureOf(token);

  it('is refused with S + L', async () => {
    const s = numberOf(Buffer.from(signature.subarray(32)).reverse());
    const larger = Buffer.from(hex(s + ORDER_ED25519), 'hex').reverse();
    const odd = Buffer.concat([signature.subarray(0, 32), larger]);
    expect(await judge(withSignature(token, odd), [ed])).toEqual(failed('sig'));
  });

  it.each([
    ['zeros', Buffer.alloc(64)],
    ['the identity and zero', Buffer.concat([Buffer.of(1), Buffer.alloc(63)])],
    ['63 bytes', signature.subarray(0, 63)],
    ['65 bytes', Buffer.concat([signature, Buffer.of(0)])],
    ['halves exchanged', Buffer.concat([signature.subarray(32), signature.subarray(0, 32)])],
    ['an ES256 signature', signatureOf(forge(ec))],
  ])('is refused with %s', async (_name, odd) => {
    expect(await judge(withSignature(token, odd), [ed])).toEqual(failed('sig'));
  });
});

describe.each([ed, ec])('a signature', (pair) => {
  it('of another token of the same agent does not fit', async () => {
    const first = forge(pair);
    const second = forge(pair, { payload: claimsOf(pair, { queue: 'other' }) });
    expect(await judge(withSignature(first, signatureOf(second)), [pair])).toEqual(failed('sig'));
    const [header] = first.split('.');
    const [, payload] = second.split('.');
    const spliced = `${header ?? ''}.${payload ?? ''}.${signatureOf(first).toString('base64url')}`;
    expect(await judge(spliced, [pair])).toEqual(failed('sig'));
  });

  it('by a key that is not known fails like any other, though it is right', async () => {
    const assertion = parsed(forge(pair));
    expect(await verifyAssertion(assertion, null)).toEqual(failed('kid'));
  });

  it('is not judged with the key of another kid', async () => {
    const twin = generateAgentKey(pair.publicKey.algorithm);
    expect(await verifyAssertion(parsed(forge(pair)), twin.publicKey)).toEqual(failed('kid'));
  });
});

describe('the decoy keys', () => {
  const text = Buffer.from('palisade decoy key');

  it('are hashed onto their curves, so that nobody knows their secrets', () => {
    const edwards = ed25519_hasher.hashToCurve(text).toBytes();
    expect(DECOY_KEYS.EdDSA).toMatchObject({ x: Buffer.from(edwards).toString('base64url') });
    const point = Buffer.from(p256_hasher.hashToCurve(text).toBytes(false));
    expect(DECOY_KEYS.ES256).toMatchObject({
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    });
  });

  it('cost the same work as a key that is known: they are sound keys', () => {
    expect(admitKey(DECOY_KEYS.EdDSA)).toMatchObject({ ok: true });
    expect(admitKey(DECOY_KEYS.ES256)).toMatchObject({ ok: true });
  });
});
