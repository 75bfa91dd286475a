import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { jwtVerify } from 'jose';
import { agentKeyPair, generateAgentKey } from '../../../src/agent/agent-key-pair';
import { signRegistration } from '../../../src/agent/sign-assertion';
import type { KeyAlgorithm } from '../../../src/keys/jwk';
import { AUDIENCE, JTI, judge, NOW } from '../../support/keys/forge';

const request = {
  audience: AUDIENCE,
  organizationId: 'org_01hxyzabcdefghjkmnpqrstvwx',
  queue: 'deploy',
  instance: 'BBBBBBBBBBBBBBBBBBBBBB',
  jti: JTI,
  now: NOW,
};

describe.each<KeyAlgorithm>(['EdDSA', 'ES256'])('an agent with an %s key', (algorithm) => {
  const pair = generateAgentKey(algorithm);

  it('signs what the server accepts', async () => {
    const token = await signRegistration(pair, { ...request, tags: ['os=linux'] });
    expect(await judge(token, [pair])).toEqual({
      ok: true,
      claims: {
        thumbprint: pair.publicKey.thumbprint,
        organizationId: request.organizationId,
        queue: 'deploy',
        tags: ['os=linux'],
        instance: request.instance,
        jti: JTI,
        issuedAt: 1_790_000_000_000,
        expiresAt: 1_790_000_060_000,
        rememberUntil: 1_790_000_190_000,
      },
    });
  });

  it('signs what jose verifies as well', async () => {
    const token = await signRegistration(pair, request);
    const { payload, protectedHeader } = await jwtVerify(token, createPublicKey(pair.privateKey), {
      algorithms: [algorithm],
      typ: 'ci-register+jwt',
      audience: AUDIENCE,
      issuer: pair.publicKey.thumbprint,
      subject: pair.publicKey.thumbprint,
      currentDate: new Date(NOW),
    });
    expect(Object.keys(protectedHeader).sort()).toEqual(['alg', 'kid', 'typ']);
    expect(payload).not.toHaveProperty('tags');
  });

  it('loses its assertion to no other algorithm, key, audience or time', async () => {
    const token = await signRegistration(pair, request);
    expect((await judge(token, [generateAgentKey(algorithm)])).ok).toBe(false);
    expect((await judge(token, [pair], NOW + 80_000)).ok).toBe(false);
    const elsewhere = await signRegistration(pair, {
      ...request,
      audience: 'https://other.example',
    });
    expect(await judge(elsewhere, [pair])).toMatchObject({ ok: false, reason: 'aud' });
  });

  it('keeps its private key out of what it prints', () => {
    const secret = String(pair.privateKey.export({ format: 'jwk' }).d);
    expect(JSON.stringify(pair) + inspect(pair, { depth: 9, showHidden: true })).not.toContain(
      secret,
    );
    expect(pair.publicKey.jwk).not.toHaveProperty('d');
  });

  it('is the same after its private key was stored and read again', () => {
    expect(agentKeyPair(pair.privateKey).publicKey).toEqual(pair.publicKey);
  });
});

it('a private key that the server would refuse is refused at home', () => {
  for (const { privateKey } of [
    generateKeyPairSync('rsa', { modulusLength: 2048 }),
    generateKeyPairSync('ec', { namedCurve: 'P-384' }),
    generateKeyPairSync('x25519'),
  ]) {
    expect(() => agentKeyPair(privateKey)).toThrow(TypeError);
  }
});

it('two generated keys differ', () => {
  expect(generateAgentKey().publicKey.thumbprint).not.toBe(generateAgentKey().publicKey.thumbprint);
});
