import { createHmac, createPublicKey } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { calculateJwkThumbprint, compactVerify } from 'jose';
import { generateAgentKey } from '../../../src/agent/agent-key-pair';
import { readAssertion } from '../../../src/keys/assertion';
import {
  AUDIENCE,
  claimsOf,
  failed,
  forge,
  headerOf,
  judge,
  segment,
} from '../../support/keys/forge';

const pair = generateAgentKey();
const other = generateAgentKey();
const ec = generateAgentKey('ES256');
const pairs = [pair, other, ec];

const withHeader = (replaced: Record<string, unknown>, signer = pair) =>
  forge(signer, { header: headerOf(pair, replaced) });

describe.each([pair, ec])('an assertion as it should be', (signer) => {
  it('is accepted, and its claims are read', async () => {
    expect(await judge(forge(signer), pairs)).toEqual({
      ok: true,
      claims: {
        thumbprint: signer.publicKey.thumbprint,
        organizationId: 'org_01hxyzabcdefghjkmnpqrstvwx',
        queue: 'deploy',
        tags: null,
        instance: 'BBBBBBBBBBBBBBBBBBBBBBBB',
        jti: 'AAAAAAAAAAAAAAAAAAAAAA',
        issuedAt: 1_790_000_000_000,
        expiresAt: 1_790_000_060_000,
        rememberUntil: 1_790_000_190_000,
      },
    });
  });

  it('is accepted with its header in another order and with white space in it', async () => {
    const { alg, typ, kid } = headerOf(signer) as Record<string, string>;
    const header = `{ "kid":"${kid}",\r\n "typ":"${typ}", "\\u0061lg":"${alg}" }`;
    expect(await judge(forge(signer, { header }), pairs)).toMatchObject({ ok: true });
  });
});

describe('alg', () => {
  it.each([
    'none',
    'nOnE',
    'NONE',
    'none ',
    '',
    null,
    ['EdDSA'],
    'constructor',
    '__proto__',
    'HS256',
    'RS256',
    'PS256',
    'ES256K',
    'ES512',
    'Ed448',
    'Ed25519',
    'eddsa',
    'es256',
    0,
    { toString: 'EdDSA' },
  ])('%p is refused', (alg) => {
    expect(readAssertion(withHeader({ alg }))).toEqual(failed('alg'));
  });

  it('none without a signature is no token at all', () => {
    const token = `${segment(headerOf(pair, { alg: 'none' }))}.${segment(claimsOf(pair))}.`;
    expect(readAssertion(token)).toMatchObject({ code: 'BAD_REQUEST', reason: 'form' });
  });

  it('missing is refused', () => {
    const { typ, kid } = headerOf(pair);
    expect(readAssertion(forge(pair, { header: { typ, kid } }))).toEqual(failed('alg'));
  });

  it('HS256 with the public key as the secret is refused', async () => {
    const { jwk } = pair.publicKey;
    const input = `${segment(headerOf(pair, { alg: 'HS256' }))}.${segment(claimsOf(pair))}`;
    const key = createPublicKey(pair.privateKey);
    const pem = key.export({ format: 'pem', type: 'spki' }).toString();
    const secrets = [
      JSON.stringify(jwk),
      pem,
      pem.trimEnd(),
      key.export({ format: 'der', type: 'spki' }),
      Buffer.from(jwk.x, 'base64url'),
    ];
    for (const secret of secrets) {
      const mac = createHmac('sha256', secret).update(input).digest('base64url');
      expect(await judge(`${input}.${mac}`, pairs)).toEqual(failed('alg'));
    }
  });

  it('must be that of the key, though the signature by the other kind of key is right', async () => {
    const claims = claimsOf(pair);
    const asEc = forge(ec, { header: headerOf(pair, { alg: 'ES256' }), payload: claims });
    expect(await judge(asEc, pairs)).toEqual(failed('alg'));
    const asEd = forge(pair, { header: headerOf(ec, { alg: 'EdDSA' }), payload: claimsOf(ec) });
    expect(await judge(asEd, pairs)).toEqual(failed('alg'));
  });
});

describe('header members beyond alg, typ and kid', () => {
  it.each([
    ['jwk, the right key', { jwk: pair.publicKey.jwk }],
    ['jku', { jku: 'https://attacker.example/keys' }],
    ['x5u to a file', { x5u: 'file:///etc/passwd' }],
    ['x5u to a metadata service', { x5u: 'http://169.254.169.254/' }],
    ['x5c', { x5c: ['MIIB'] }],
    ['x5t', { x5t: 'AAAA' }],
    ['cty', { cty: 'JWT' }],
    ['crit', { crit: ['exp'] }],
    ['an empty crit', { crit: [] }],
    ['b64', { b64: false }],
    ['zip', { zip: 'DEF' }],
    ['enc', { enc: 'A256GCM' }],
    ['an unknown member', { note: 'x' }],
    ['constructor', { constructor: 'x' }],
  ])('%s are refused, though the signature is right', async (_name, members) => {
    expect(await judge(withHeader(members), pairs)).toEqual(failed('header'));
  });

  it('jose alone takes a token with a key in its header', async () => {
    const token = withHeader({ jwk: other.publicKey.jwk, note: 'x' });
    const { jwk, algorithm } = pair.publicKey;
    await expect(compactVerify(token, { ...jwk, alg: algorithm })).resolves.toBeDefined();
    expect(await judge(token, pairs)).toEqual(failed('header'));
  });

  it('an own __proto__ is refused', () => {
    const header = JSON.stringify(headerOf(pair)).replace('}', ',"__proto__":{"alg":"none"}}');
    expect(readAssertion(forge(pair, { header }))).toEqual(failed('header'));
  });

  it('an attacker who signs with the key in the header is refused', async () => {
    const token = withHeader({ jwk: other.publicKey.jwk }, other);
    expect(await judge(token, pairs)).toEqual(failed('header'));
  });

  it('a key address is not fetched', async () => {
    let requests = 0;
    const server = createServer((_request, response) => {
      requests += 1;
      response.end('{"keys":[]}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      for (const name of ['jku', 'x5u']) {
        const token = withHeader({ [name]: `http://127.0.0.1:${String(port)}/keys` });
        expect(await judge(token, pairs)).toEqual(failed('header'));
      }
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
    expect(requests).toBe(0);
  });
});

describe('kid', () => {
  const name = pair.publicKey.thumbprint;
  it.each([
    ['a path', '../../dev/null'],
    ['SQL', "' OR 1=1--"],
    ['a NUL', `${name}\0`],
    ['nothing', ''],
    ['padding', `${name}=`],
    ['a newline', `${name}\n`],
    ['an array', [name]],
    ['a number', 7],
    ['an object', { kid: name }],
    ['null', null],
    ['an agent id', 'agt_01hxyzabcdefghjkmnpqrstvwx'],
    ['an agent key id', `key_${name}`],
    ['a character less', name.slice(1)],
    ['a character more', `A${name}`],
    ['a set unused bit', `${'A'.repeat(42)}B`],
  ])('%s is refused', (_name, kid) => {
    expect(readAssertion(withHeader({ kid }))).toEqual(failed('kid'));
  });

  it('missing is refused', () => {
    const { alg, typ } = headerOf(pair);
    expect(readAssertion(forge(pair, { header: { alg, typ } }))).toEqual(failed('kid'));
  });

  it('of 10 kB is no token at all', () => {
    const token = withHeader({ kid: 'A'.repeat(10_000) });
    expect(readAssertion(token)).toMatchObject({ code: 'BAD_REQUEST', reason: 'form' });
  });

  it('by SHA-512 is refused', async () => {
    const kid = await calculateJwkThumbprint(pair.publicKey.jwk, 'sha512');
    expect(readAssertion(withHeader({ kid }))).toEqual(failed('kid'));
  });

  it('in other letter case is another, unknown key', async () => {
    for (const kid of [
      `${name.toLowerCase().slice(0, 42)}A`,
      `${name.toUpperCase().slice(0, 42)}A`,
    ]) {
      expect(await judge(withHeader({ kid }), pairs)).toEqual(failed('kid'));
    }
  });

  it('of another key than the one that signed is a bad signature', async () => {
    const token = forge(pair, { header: headerOf(other), payload: claimsOf(other) });
    expect(await judge(token, pairs)).toEqual(failed('sig'));
  });
});

describe('typ', () => {
  it.each([
    undefined,
    null,
    '',
    'JWT',
    'CI-REGISTER+JWT',
    'ci-register+JWT',
    'application/ci-register+jwt',
    'ci-register+jwt ',
    'ci-register',
    ['ci-register+jwt'],
    'ci-enrol+jwt',
    'ci-session+jwt',
    'ci-rotate+jwt',
    'dpop+jwt',
    'ci-enrol-grant+jwt',
    'ci-sealing-key+jwt',
    'ci-recipients+jwt',
    'ci-job-permit+jwt',
    'client-authentication+jwt',
  ])('%p is refused', (typ) => {
    expect(readAssertion(withHeader({ typ }))).toEqual(failed('typ'));
  });
});

describe('header JSON', () => {
  const json = JSON.stringify(headerOf(pair));
  it.each([
    ['alg twice', json.replace('{', '{"alg":"none",')],
    ['alg twice, once escaped', json.replace('}', ',"\\u0061lg":"none"}')],
    ['kid twice', json.replace('}', `,"kid":"${other.publicKey.thumbprint}"}`)],
    ['crit twice', json.replace('}', ',"crit":[],"crit":["exp"]}')],
    ['an array', `[${json}]`],
    ['a string', JSON.stringify(json)],
    ['a number', '7'],
    ['null', 'null'],
    ['a byte order mark', `\ufeff${json}`],
    ['trailing bytes', `${json}x`],
    ['a trailing newline', `${json}\n`],
    ['a lone surrogate', json.replace('}', ',"x":"\\ud800"}')],
    ['a comment', `${json}//`],
    ['an open object', json.slice(0, -1)],
  ])('%s is refused', (_name, header) => {
    expect(readAssertion(forge(pair, { header }))).toEqual(failed('json'));
  });

  it('invalid UTF-8 is refused', () => {
    const header = Buffer.concat([
      Buffer.from(json.slice(0, -2)),
      Buffer.of(0xff),
      Buffer.from('"}'),
    ]);
    expect(readAssertion(forge(pair, { header }))).toEqual(failed('json'));
  });
});

it('the order of checks: each fault hides the later ones', async () => {
  const bad = { alg: 'none', typ: 'JWT', kid: 'x', extra: 1 };
  const payload = claimsOf(pair, { aud: `${AUDIENCE}/`, exp: 0 });
  const fixes = [
    ['header', { ...bad }],
    ['alg', { alg: 'none', typ: 'JWT', kid: 'x' }],
    ['typ', headerOf(pair, { typ: 'JWT', kid: 'x' })],
    ['kid', headerOf(pair, { kid: 'x' })],
    ['sig', headerOf(pair)],
  ] as const;
  for (const [reason, header] of fixes) {
    expect(await judge(forge(other, { header, payload }), pairs)).toEqual(failed(reason));
  }
  expect(await judge(forge(pair, { payload }), pairs)).toEqual(failed('aud'));
});
