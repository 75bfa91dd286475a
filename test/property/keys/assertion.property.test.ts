import { p256 } from '@noble/curves/nist.js';
import fc from 'fast-check';
import { generateAgentKey } from '../../../src/agent/agent-key-pair';
import { signRegistration } from '../../../src/agent/sign-assertion';
import { AUDIENCE, claimsOf, forge, judge, NOW, NOW_S } from '../../support/keys/forge';

const ed = generateAgentKey();
const ec = generateAgentKey('ES256');
const pairs = [ed, ec];
const pair = fc.constantFrom(...pairs);

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const random = fc.string({
  unit: fc.constantFrom(...Array.from(BASE64URL)),
  minLength: 22,
  maxLength: 64,
});

describe('an assertion', () => {
  it('carries what the agent asked for to the server, and nothing else', async () => {
    const request = fc.record(
      {
        organizationId: fc.string({
          unit: fc.constantFrom(...Array.from(BASE64URL)),
          minLength: 1,
          maxLength: 64,
        }),
        queue: fc.stringMatching(/^[!-~]{1,100}$/),
        tags: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}=[!-~]{1,20}$/), { maxLength: 20 }),
        instance: random,
        jti: random,
        now: fc.integer({ min: 0, max: 253_402_300_799_000 }),
      },
      { requiredKeys: ['organizationId', 'queue', 'instance', 'jti', 'now'] },
    );
    await fc.assert(
      fc.asyncProperty(pair, request, async (signer, asked) => {
        const { now, ...rest } = asked;
        const token = await signRegistration(signer, { audience: AUDIENCE, ...asked });
        const issuedAt = Math.floor(now / 1000) * 1000;
        expect(await judge(token, pairs, now)).toEqual({
          ok: true,
          claims: {
            tags: null,
            ...rest,
            thumbprint: signer.publicKey.thumbprint,
            issuedAt,
            expiresAt: issuedAt + 60_000,
            rememberUntil: issuedAt + 190_000,
          },
        });
      }),
      { numRuns: 100 },
    );
  });

  it('fails with any one character changed, removed or added', async () => {
    const tokens = new Map(pairs.map((signer) => [signer, forge(signer)]));
    const edit = fc.record({
      at: fc.nat(),
      character: fc.constantFrom(...Array.from(BASE64URL), '.', '=', ' ', '\n', ''),
      removed: fc.nat(1),
    });
    await fc.assert(
      fc.asyncProperty(pair, edit, async (signer, { at, character, removed }) => {
        const token = tokens.get(signer) ?? '';
        const place = at % token.length;
        const changed = token.slice(0, place) + character + token.slice(place + removed);
        fc.pre(changed !== token);
        expect((await judge(changed, pairs)).ok).toBe(false);
      }),
      { numRuns: 1500 },
    );
  });

  it('of ES256 keeps its claims, the jti among them, in its second form', async () => {
    await fc.assert(
      fc.asyncProperty(random, async (jti) => {
        const token = forge(ec, { payload: claimsOf(ec, { jti }) });
        const [header = '', payload = '', text = ''] = token.split('.');
        const { r, s } = p256.Signature.fromBytes(Buffer.from(text, 'base64url'));
        const other = new p256.Signature(r, p256.Point.Fn.ORDER - s).toBytes();
        const second = `${header}.${payload}.${Buffer.from(other).toString('base64url')}`;
        expect(second).not.toBe(token);
        expect(await judge(second, pairs)).toEqual(await judge(token, pairs));
        expect(await judge(second, pairs)).toMatchObject({ ok: true, claims: { jti } });
      }),
      { numRuns: 30 },
    );
  });

  it('is accepted only within its time, whatever its times are', async () => {
    const near = fc.oneof(
      fc.integer({ min: NOW_S - 200, max: NOW_S + 200 }),
      fc.maxSafeInteger(),
      fc.constantFrom<unknown>(null, 'x', undefined, true),
    );
    await fc.assert(
      fc.asyncProperty(near, near, fc.option(near, { nil: undefined }), async (iat, exp, nbf) => {
        const payload = claimsOf(ed, { iat, exp, nbf });
        const verdict = await judge(forge(ed, { payload }), pairs);
        const sound =
          typeof iat === 'number' &&
          typeof exp === 'number' &&
          (nbf === undefined || (typeof nbf === 'number' && nbf <= iat)) &&
          exp - iat >= 1 &&
          exp - iat <= 60 &&
          Math.abs(iat - NOW_S) <= 70 &&
          iat * 1000 <= NOW + 10_000 &&
          iat * 1000 >= NOW - 70_000 &&
          NOW < exp * 1000 + 10_000;
        expect(verdict.ok).toBe(sound);
      }),
      { numRuns: 500 },
    );
  });

  it('throws at no text, no header and no payload', async () => {
    const part = fc.oneof(fc.json(), fc.string({ unit: 'binary' }), fc.uint8Array());
    await fc.assert(
      fc.asyncProperty(part, part, async (header, payload) => {
        expect((await judge(forge(ed, { header, payload }), pairs)).ok).toBe(false);
        expect((await judge(forge(ed, { payload }), pairs)).ok).toBe(false);
        expect((await judge(typeof header === 'string' ? header : '', pairs)).ok).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});
