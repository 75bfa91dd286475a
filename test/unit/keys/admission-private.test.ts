import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { admitKey } from '../../../src/keys/admission';
import { admitKeyText } from '../../../src/keys/admission-text';

interface Pair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}
const pairs: readonly [string, Pair][] = [
  ['Ed25519', generateKeyPairSync('ed25519')],
  ['P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
];
const jwkOf = (key: KeyObject) => key.export({ format: 'jwk' });

const nameOf = (pair: Pair) => {
  const admission = admitKey(jwkOf(pair.publicKey));
  return admission.ok ? admission.key.thumbprint : '';
};
const leaked = (leakedThumbprint: string | null) => ({
  ok: false,
  code: 'PRIVATE_KEY_SUBMITTED',
  message: expect.stringContaining('discard it') as string,
  leakedThumbprint,
});

describe.each(pairs)('a private %s key', (_name, pair) => {
  const name = nameOf(pair);
  const secret = String(jwkOf(pair.privateKey).d);
  const pem = (type: 'pkcs8' | 'sec1') =>
    pair.privateKey.export({ format: 'pem', type }).toString();

  it('is refused as a JWK and named by the thumbprint of its public part', () => {
    const jwk = jwkOf(pair.privateKey);
    expect(name).toHaveLength(43);
    expect(admitKey(jwk)).toEqual(leaked(name));
    expect(admitKey({ ...jwk, key_ops: ['sign'], ext: true })).toEqual(leaked(name));
    expect(admitKeyText(JSON.stringify(jwk))).toEqual(leaked(name));
  });

  it('is never repeated in the answer', () => {
    for (const answer of [
      admitKey(jwkOf(pair.privateKey)),
      admitKeyText(JSON.stringify(jwkOf(pair.privateKey))),
      admitKeyText(pem('pkcs8')),
    ]) {
      const text = JSON.stringify(answer);
      const bytes = Buffer.from(secret, 'base64url');
      for (const encoding of ['base64url', 'base64', 'hex', 'latin1'] as const) {
        expect(text).not.toContain(bytes.toString(encoding));
      }
    }
  });

  it('is recognised however sloppily its secret is spelt', () => {
    for (const d of [
      `${secret}=`,
      ` ${secret}`,
      Buffer.from(secret, 'base64url').toString('base64'),
    ]) {
      expect(admitKey({ ...jwkOf(pair.publicKey), d })).toEqual(leaked(name));
    }
    expect(admitKey({ ...jwkOf(pair.publicKey), seed: secret })).toEqual(leaked(name));
  });

  it('is named by its own secret, so that nobody can denounce the key of another', () => {
    const [victim] = pairs.map(([, other]) => other).filter((other) => other !== pair);
    const denounced = { ...jwkOf(pair.privateKey), x: victim && jwkOf(victim.publicKey).x };
    expect(admitKey(denounced)).toEqual(leaked(name));
    expect(admitKey({ ...jwkOf(pair.publicKey), d: 'AAAA' })).toEqual(leaked(null));
    expect(admitKey({ ...jwkOf(pair.publicKey), d: 7 })).toEqual(leaked(null));
  });

  it('is found in nested values and in strings', () => {
    expect(admitKey({ keys: [jwkOf(pair.publicKey), jwkOf(pair.privateKey)] })).toEqual(
      leaked(name),
    );
    expect(admitKey([[jwkOf(pair.privateKey)]])).toEqual(leaked(name));
    expect(admitKey({ ...jwkOf(pair.publicKey), x: pem('pkcs8') })).toEqual(leaked(name));
    expect(admitKey({ ...jwkOf(pair.publicKey), kid: `my key: ${pem('pkcs8')}` })).toEqual(
      leaked(name),
    );
    expect(admitKey(pem('pkcs8'))).toEqual(leaked(name));
  });

  it('is refused as PEM, also within other text or with escaped line breaks', () => {
    expect(admitKeyText(pem('pkcs8'))).toEqual(leaked(name));
    expect(admitKeyText(`Bag Attributes\r\n${pem('pkcs8').replaceAll('\n', '\r\n')}`)).toEqual(
      leaked(name),
    );
    expect(admitKeyText(JSON.stringify(pem('pkcs8')))).toEqual(leaked(name));
    expect(admitKeyText(JSON.stringify({ ...jwkOf(pair.publicKey), x: pem('pkcs8') }))).toEqual(
      leaked(name),
    );
  });

  it('is recognised in JSON that is refused anyway', () => {
    const json = JSON.stringify(jwkOf(pair.privateKey));
    for (const text of [
      `\ufeff${json}`,
      json.replace('}', ',"exp":1.5}'),
      json.replace('}', `,"d":"${secret}"}`),
      json.replace('{', '{"__proto__":-0,'),
      json.replace('{', `{"padding":"${'A'.repeat(5000)}",`),
    ]) {
      expect(admitKeyText(text)).toEqual(leaked(name));
    }
  });
});

it('a SEC 1 key with its parameters is recognised', () => {
  const [, pair] = pairs[1] ?? [];
  const sec1 = pair?.privateKey.export({ format: 'pem', type: 'sec1' }).toString() ?? '';
  const parameters =
    '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n';
  expect(admitKeyText(parameters + sec1)).toEqual(leaked(pair ? nameOf(pair) : ''));
});

describe('each private member makes a key private, whatever its value', () => {
  const [, pair] = pairs[0] ?? [];
  const jwk = pair ? jwkOf(pair.publicKey) : {};
  it.each(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv', 'seed'])('%s', (member) => {
    for (const value of ['AAAA', '', null, 0, [], {}]) {
      expect(admitKey({ ...jwk, [member]: value })).toEqual(leaked(null));
      expect(admitKeyText(JSON.stringify({ ...jwk, [member]: value }))).toEqual(leaked(null));
    }
  });

  it('also in kinds of keys that are never admitted', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    expect(admitKey(jwkOf(rsa))).toEqual(leaked(null));
    expect(admitKeyText(rsa.export({ format: 'pem', type: 'pkcs1' }).toString())).toEqual(
      leaked(null),
    );
    expect(admitKeyText(rsa.export({ format: 'pem', type: 'pkcs8' }).toString())).toEqual(
      leaked(null),
    );
    expect(admitKey(jwkOf(generateKeyPairSync('x25519').privateKey))).toEqual(leaked(null));
    expect(admitKey({ kty: 'oct', k: 'AAAA' })).toEqual(leaked(null));
  });

  it('and secrets outside the group of P-256', () => {
    const [, p256] = pairs[1] ?? [];
    const publicJwk = p256 ? jwkOf(p256.publicKey) : {};
    for (const byte of [0, 255]) {
      const d = Buffer.alloc(32, byte).toString('base64url');
      expect(admitKey({ ...publicJwk, d })).toEqual(leaked(null));
    }
  });
});

it('encrypted and OpenSSH private keys are private keys', () => {
  const [, pair] = pairs[0] ?? [];
  const encrypted = pair?.privateKey
    .export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'correct horse' })
    .toString();
  expect(admitKeyText(encrypted ?? '')).toEqual(leaked(null));
  const openSsh = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END';
  expect(admitKeyText(openSsh)).toEqual(leaked(null));
});
