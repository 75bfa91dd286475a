import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { admitKey } from '../../../src/keys/admission';
import { WYCHEPROOF_KEYS } from '../../../src/keys/wycheproof-keys';

const published = expect.objectContaining({ ok: false, code: 'PUBLISHED_KEY' }) as object;

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const okp = (x: Uint8Array) => ({ kty: 'OKP', crv: 'Ed25519', x: base64url(x) });
const ec = (x: string, y: string) => ({ kty: 'EC', crv: 'P-256', x, y });
const uncompressed = (point: Uint8Array) =>
  ec(base64url(point.subarray(1, 33)), base64url(point.subarray(33)));

/** The keys whose secrets the documents print: the public part is computed from the secret. */
const secretsP256: readonly [source: string, secret: string, x: string][] = [
  [
    'RFC 7515 A.3',
    'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI',
    'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  ],
  [
    'RFC 7517 A.2',
    '870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE',
    'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
  ],
  [
    'RFC 7518 C, Alice',
    '0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo',
    'gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0',
  ],
  [
    'RFC 7518 C, Bob',
    'VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw',
    'weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ',
  ],
  [
    'RFC 7520 5.5',
    'r_kHyZ-a06rmxM3yESK84r1otSg-aQcVStkRhA-iCM8',
    'Ze2loSV3wrroKUN_4zhwGhCqo3Xhu1td4QjeQ5wIVR0',
  ],
  [
    'RFC 7520 5.5, ephemeral',
    'AtH35vJsQ9SGjYfOsjUxYXQKrPH3FjZHmEtSKoSN8cM',
    'mPUKT_bAWGHIhg0TpjjqVsP1rXWQu_vwVOHHtNkdYoA',
  ],
  [
    'RFC 6979 A.2.5',
    'ya-p2EW6dRZrXCFXZ7HWk05Qw9s26JsSe4piKxIPZyE',
    'YP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Y',
  ],
  [
    'RFC 8392 A.2.3',
    'bBOCdlrsU1jxF3M9KBwce9w5iE0EpFoebGfIWLwgbBk',
    'FDMpzOeGjkFpJ1mc9lo0884v_aVafspp7YkZo5TULw8',
  ],
  [
    'RFC 9421 B.1.3',
    'UpuF81l-kOxbjf7T4mNSv0r5tN67Gim7rnf6EFpcYDs',
    'qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA',
  ],
  [
    'jwt.io ES256',
    'evZzL1gdAFr88hb2OF_2NxApJCzGCEDdfSp6VQO30hw',
    'EVs_o5-uQbTjL3chynL4wXgUg2R9q9UU8I5mEovUf84',
  ],
  [
    'Wycheproof JWS',
    'yy49oPcINGK2ps0LmtxpB6UTEOiITghHBif6wDqmJ3c',
    '04N0xi21hshyvBp7I167sbE_bXqyqkAPfefdklMO7wY',
  ],
];

const secretsEd25519: readonly [source: string, secret: string, x: string][] = [
  [
    'RFC 8037 A.1, RFC 8032 test 1',
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  ],
  [
    'RFC 8032 test 2',
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
  ],
  [
    'RFC 8032 test 3',
    'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
  ],
  [
    'RFC 8032 test 1024',
    'f5e5767cf153319517630f226876b86c8160cc583bc013744c6bf255f5cc0ee5',
    '278117fc144c72340f67d0f2316e8386ceffbf2b2428c9c51fef7c597f1d426e',
  ],
  [
    'RFC 8032 test SHA(abc)',
    '833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42',
    'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf',
  ],
  [
    'RFC 9421 B.1.4',
    '9f8362f87a484a954e6e740c5b4c0e84229139a20aa8ab56ff66586f6a7d29c5',
    '26b40b8f93fff3d897112f7ebc582b232dbd72517d082fe83cfb30ddce43d1bb',
  ],
  [
    'Wycheproof',
    'add4bb8103785baf9ac534258e8aaf65f5f1adb5ef5f3df19bb80ab989c4d64b',
    '7d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa',
  ],
];

describe('keys printed in public documents are refused', () => {
  it.each(secretsP256)('%s', (_source, secret, x) => {
    const jwk = uncompressed(p256.getPublicKey(Buffer.from(secret, 'base64url'), false));
    expect(jwk.x).toBe(x);
    expect(admitKey(jwk)).toEqual(published);
  });

  it.each(secretsEd25519)('%s', (_source, secret, x) => {
    const point = ed25519.getPublicKey(Buffer.from(secret, 'hex'));
    expect(Buffer.from(point).toString('hex')).toBe(x);
    expect(admitKey(okp(point))).toEqual(published);
  });

  it.each([
    [
      'RFC 7800 3.2',
      '18wHLeIgW9wVN6VD1Txgpqy2LszYkMf6J8njVAibvhM',
      '-V4dS4UaLMgP_4fY4j8ir7cl1TXlFdAgcx55o7TkcSA',
    ],
    [
      'RFC 9449 4.1',
      'l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs',
      '9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA',
    ],
    [
      'jose importJWK',
      'ySK38C1jBdLwDsNWKzzBHqKYEE5Cgv-qjWvorUXk9fw',
      '_LeQBw07cf5t57Iavn4j-BqJsAD1dpoz8gokd3sBsOo',
    ],
    [
      'jose thumbprint',
      'jJ6Flys3zK9jUhnOHf6G49Dyp5hah6CNP84-gY-n9eo',
      'nhI6iD5eFXgBTLt_1p3aip-5VbZeMhxeFSpjfEAf7Ww',
    ],
  ])('%s, of which only the public part is printed', (_source, x, y) => {
    expect(admitKey(ec(x, y))).toEqual(published);
  });

  it('and those whose secret anybody would guess', () => {
    const one = Buffer.from('1'.padStart(64, '0'), 'hex');
    expect(admitKey(uncompressed(p256.getPublicKey(one, false)))).toEqual(published);
    expect(admitKey(okp(ed25519.Point.BASE.toBytes()))).toEqual(published);
    expect(admitKey(okp(ed25519.getPublicKey(Buffer.alloc(32))))).toEqual(published);
    const counting = Uint8Array.from({ length: 32 }, (_, index) => index);
    expect(admitKey(okp(ed25519.getPublicKey(counting)))).toEqual(published);
  });

  it('the list of test vectors is whole and well-formed', () => {
    expect(new Set(WYCHEPROOF_KEYS).size).toBe(158);
    for (const name of WYCHEPROOF_KEYS) expect(name).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});
