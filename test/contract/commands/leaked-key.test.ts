import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateAgentKey, type AgentKeyPair } from '../../../src/agent/agent-key-pair';
import type { Outcome } from '../../../src/commands/protocol';
import { openTestEngine, type MemberCaller, type TestEngine } from '../../support/engine';

let folder: string;
let engine: TestEngine;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'palisade-leaked-'));
  engine = await openTestEngine({ folder });
});
afterEach(() => {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
});

/** An ADMIN with a cluster, and how they register a key there. */
async function organization(slug: string) {
  const admin = await engine.found(slug);
  const { organizationId } = admin;
  const cluster = { organizationId, slug: 'one', name: 'One' };
  const made = await engine.run({ mutation: 'clusterCreate', caller: admin, input: cluster });
  const clusterId = made.kind === 'DONE' ? made.ids['clusterId'] : null;
  const wish = (key: object | string, caller: MemberCaller = admin) => {
    const publicKey = typeof key === 'string' ? key : JSON.stringify(key);
    const input = { clusterId, name: 'Key', publicKey };
    return { mutation: 'agentKeyRegister', caller, input } as const;
  };
  return { admin, wish, submit: (key: object | string) => engine.run(wish(key)) };
}

const secretJwk = ({ privateKey }: AgentKeyPair) => privateKey.export({ format: 'jwk' });
const pem = ({ privateKey }: AgentKeyPair) =>
  privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const refused = (code: string) => ({
  kind: 'REFUSED',
  refusal: { refused: true, code, field: ['publicKey'], message: expect.any(String) },
});

describe.each(['EdDSA', 'ES256'] as const)('a private %s key that was submitted', (algorithm) => {
  test.each([
    ['as a JSON Web Key', secretJwk],
    ['as PEM', pem],
    [
      'in JSON with a name twice',
      (pair: AgentKeyPair) => JSON.stringify(secretJwk(pair)).replace('{', '{"kty":"x",'),
    ],
  ])('%s is never admitted, and another key is', async (_how, spell) => {
    const { submit } = await organization('acme');
    const leaked = generateAgentKey(algorithm);
    expect(await submit(spell(leaked))).toMatchObject(refused('PRIVATE_KEY_SUBMITTED'));
    expect(await submit(leaked.publicKey.jwk)).toEqual(refused('KEY_REFUSED'));
    expect(await submit(generateAgentKey(algorithm).publicKey.jwk)).toMatchObject({ kind: 'DONE' });
  });
});

test('what was remembered outlives the process, and earlier ones of a batch count', async () => {
  const { wish } = await organization('acme');
  const leaked = generateAgentKey();
  const outcomes: readonly Outcome[] = await engine.runTogether([
    wish(secretJwk(leaked)),
    wish(leaked.publicKey.jwk),
  ]);
  expect(outcomes).toMatchObject([refused('PRIVATE_KEY_SUBMITTED'), refused('KEY_REFUSED')]);
  engine.close();
  engine = await openTestEngine({ folder });
  expect(await engine.run(wish(leaked.publicKey.jwk))).toEqual(refused('KEY_REFUSED'));
});

test('nothing of the secret is kept, and no event tells of it', async () => {
  const { admin, submit } = await organization('acme');
  const leaked = generateAgentKey();
  const { d = '' } = secretJwk(leaked);
  const position = () => engine.world(admin.organizationId).facts.moment.position;
  const before = position();
  await submit(secretJwk(leaked));
  expect(position()).toBe(before);
  for (const name of readdirSync(engine.folder)) {
    const content = readFileSync(join(engine.folder, name));
    expect(content.includes(d)).toBe(false);
    expect(content.includes(Buffer.from(d, 'base64url'))).toBe(false);
  }
});

test('nobody shuts out a key whose private half they do not have', async () => {
  const { submit } = await organization('acme');
  const victim = generateAgentKey();
  const own = generateAgentKey();
  const forged = { ...secretJwk(own), x: victim.publicKey.jwk.x };
  expect(await submit(forged)).toMatchObject(refused('PRIVATE_KEY_SUBMITTED'));
  expect(await submit(victim.publicKey.jwk)).toMatchObject({ kind: 'DONE' });
  expect(await submit(own.publicKey.jwk)).toEqual(refused('KEY_REFUSED'));
});

test('an organization says nothing of what leaked to another, nor hears from who may not register', async () => {
  const [acme, other] = [await organization('acme'), await organization('other')];
  const leaked = generateAgentKey();
  await acme.submit(secretJwk(leaked));
  expect(await other.submit(leaked.publicKey.jwk)).toMatchObject({ kind: 'DONE' });
  const stranger = generateAgentKey();
  const foreign = await engine.run(acme.wish(secretJwk(stranger), other.admin));
  expect(foreign).toMatchObject({ kind: 'REFUSED', refusal: { code: 'NOT_FOUND' } });
  expect(await acme.submit(stranger.publicKey.jwk)).toMatchObject({ kind: 'DONE' });
});

test('a key that is in use already stays so: who may do what changes by events alone', async () => {
  const { admin, submit } = await organization('acme');
  const leaked = generateAgentKey();
  const done = await submit(leaked.publicKey.jwk);
  await submit(secretJwk(leaked));
  const keyId = done.kind === 'DONE' ? (done.ids['keyId'] ?? '') : '';
  expect(engine.world(admin.organizationId).get('agentKey', keyId)).toMatchObject({
    state: 'PENDING',
  });
});
