import { generateKeyPairSync } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { admitKey } from '../../../src/keys/admission';
import { thumbprint } from '../../../src/keys/jwk';

const refused = (code: string) =>
  expect.objectContaining({ ok: false, code, leakedThumbprint: null }) as object;

const jwk = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });

describe('what is no JWK object is refused', () => {
  it.each([
    [null],
    [undefined],
    [''],
    ['{"kty":"OKP"}'],
    [7],
    [true],
    [[]],
    [[jwk]],
    [() => jwk],
    [Symbol('jwk')],
    [new Map(Object.entries(jwk))],
    [new Date(0)],
    [Object.create(jwk) as unknown],
  ])('%p', (value) => {
    expect(admitKey(value)).toEqual(refused('NOT_A_JWK'));
  });
});

describe('what is no supported kind of key is refused', () => {
  it.each([
    ['an empty object', {}],
    ['RSA', rsa],
    ['RSA with e = 1', { ...rsa, e: 'AQ' }],
    ['RSA of 16384 bits', { kty: 'RSA', n: 'A'.repeat(2731), e: 'AQAB' }],
    ['a symmetric key without its secret', { kty: 'oct' }],
    ['X25519', generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' })],
    ['Ed448', generateKeyPairSync('ed448').publicKey.export({ format: 'jwk' })],
    ['no kty', { crv: jwk.crv, x: jwk.x }],
    ['no crv', { kty: jwk.kty, x: jwk.x }],
    ['kty in an array', { ...jwk, kty: ['OKP'] }],
    ['kty in lower case', { ...jwk, kty: 'okp' }],
    ['kty constructor', { ...jwk, kty: 'constructor' }],
    ['kty __proto__', { ...jwk, kty: '__proto__' }],
    ['crv in an array', { ...jwk, crv: ['Ed25519'] }],
    ['an algorithm key pair', { kty: 'AKP', alg: 'ML-DSA-44', pub: 'AAAA' }],
  ])('%s', (_name, value) => {
    expect(admitKey(value)).toEqual(refused('UNSUPPORTED_KEY'));
  });
});

describe('members beyond the list are refused', () => {
  it.each(['x5c', 'x5u', 'jku', 'ext', 'n', 'e', 'D', ' d', 'constructor', 'toString'])(
    '%s',
    (name) => {
      expect(admitKey({ ...jwk, [name]: 'AAAA' })).toEqual(refused('UNKNOWN_MEMBER'));
    },
  );

  it('__proto__ as an own member', () => {
    const odd: unknown = JSON.parse(`${JSON.stringify(jwk).slice(0, -1)},"__proto__":{"x":1}}`);
    expect(Object.keys(odd as object)).toContain('__proto__');
    expect(admitKey(odd)).toEqual(refused('UNKNOWN_MEMBER'));
  });
});

describe('another purpose is refused', () => {
  it.each([
    [{ use: 'enc' }],
    [{ use: 'SIG' }],
    [{ use: null }],
    [{ use: ['sig'] }],
    [{ key_ops: ['sign'] }],
    [{ key_ops: ['verify', 'sign'] }],
    [{ key_ops: ['verify', 'verify'] }],
    [{ key_ops: [] }],
    [{ key_ops: 'verify' }],
    [{ key_ops: { 0: 'verify', length: 1 } }],
    [{ key_ops: [['verify']] }],
    [{ use: 'sig', key_ops: ['encrypt'] }],
  ])('%j', (members) => {
    expect(admitKey({ ...jwk, ...members })).toEqual(refused('WRONG_PURPOSE'));
  });
});

describe('the thumbprint', () => {
  it('is what jose computes, whatever the order of the members', async () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
      format: 'jwk',
    });
    for (const key of [jwk, ec]) {
      const admission = admitKey(Object.fromEntries(Object.entries(key).reverse()));
      expect(admission.ok && admission.key.thumbprint).toBe(await calculateJwkThumbprint(key));
    }
  });

  it('is that of RFC 8037 appendix A.3 and of RFC 9449 section 6.1', () => {
    const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
    expect(thumbprint({ kty: 'OKP', crv: 'Ed25519', x })).toBe(
      'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
    );
    expect(
      thumbprint({
        kty: 'EC',
        crv: 'P-256',
        x: 'l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs',
        y: '9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA',
      }),
    ).toBe('0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I');
  });

  it('must be the kid, if the client names one', async () => {
    const name = await calculateJwkThumbprint(jwk);
    expect(admitKey({ ...jwk, kid: name })).toMatchObject({ ok: true });
    const sha512 = await calculateJwkThumbprint(jwk, 'sha512');
    for (const kid of [`${name}=`, name.toLowerCase(), 'key-1', '', null, 7, [name], sha512]) {
      expect(admitKey({ ...jwk, kid })).toEqual(refused('KID_MISMATCH'));
    }
  });
});

it('an object without a prototype is a JWK as well', () => {
  expect(admitKey(Object.assign(Object.create(null) as object, jwk))).toMatchObject({ ok: true });
});
