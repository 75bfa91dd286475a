import { generateKeyPairSync } from 'node:crypto';
import type { AgentKeyId } from '../../../../src/domain/id';
import { hashSecretToken, parseSecretToken } from '../../../../src/keys/secret-token';
import { MemoryOrganization, STARTED_AT } from '../../../support/memory-organization';
import {
  claims,
  freshPublicKey,
  keyCaller,
  registeredAgent,
  registeredKey,
} from '../../../support/registered-agent';

const DAY_MS = 86_400_000;

function withQueues() {
  const acme = new MemoryOrganization();
  const { admin, id: organizationId } = acme;
  const make = (slug: string) =>
    acme.do(admin, 'clusterCreate', { organizationId, slug, name: slug })['clusterId']!;
  const [clusterId, otherId] = [make('a'), make('b')];
  const queue = (key: string, mode: 'OPEN' | 'RESTRICTED', of = clusterId) =>
    acme.do(admin, 'clusterQueueCreate', { clusterId: of, key, mode })['queueId']!;
  const queues = { open: queue('open', 'OPEN'), closed: queue('closed', 'RESTRICTED') };
  const foreign = queue('foreign', 'OPEN', otherId);
  const lead = acme.member();
  acme.do(admin, 'clusterMaintainerAdd', { clusterId, userId: lead.userId });
  return { acme, admin, clusterId, otherId, ...queues, foreign, lead };
}

describe('a key', () => {
  test('is registered by who manages the cluster, and has a day to be proven', () => {
    const { acme, clusterId, closed, lead } = withQueues();
    const input = {
      ...{ clusterId, name: 'Runner', publicKey: freshPublicKey(), queueIds: [closed] },
      ...{ tags: ['os=linux'], addressRanges: ['10.0.0.0/8'] },
    };
    const keyId = acme.do(lead, 'agentKeyRegister', input)['keyId']!;
    expect(acme.world.get('agentKey', keyId)).toMatchObject({
      ...{ state: 'PENDING', clusterId, queueIds: [closed], tags: ['os=linux'] },
      ...{ addressRanges: ['10.0.0.0/8'], provableUntil: STARTED_AT + DAY_MS },
    });
    acme.refused(acme.member(), 'agentKeyRegister', input, 'NOT_FOUND', 'clusterId');
  });

  test('that is private, or no key to trust, is refused, and nothing of it is repeated', () => {
    const { acme, clusterId, lead } = withQueues();
    const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    const input = { clusterId, name: 'Runner', publicKey: JSON.stringify(jwk) };
    const refused = acme.refused(
      lead,
      'agentKeyRegister',
      input,
      'PRIVATE_KEY_SUBMITTED',
      'publicKey',
    );
    expect(JSON.stringify(refused)).not.toContain(jwk.d);
    for (const publicKey of ['', '{}', '{"kty":"OKP","crv":"Ed25519","x":"AA"}']) {
      const bad = { ...input, publicKey };
      acme.refused(lead, 'agentKeyRegister', bad, 'KEY_REFUSED', 'publicKey');
    }
  });

  test('is known here for ever, whatever became of it, also in another cluster', () => {
    const { acme, admin, clusterId, otherId } = withQueues();
    const input = { clusterId, name: 'Runner', publicKey: freshPublicKey() };
    const keyId = acme.do(admin, 'agentKeyRegister', input)['keyId']!;
    const again = { ...input, clusterId: otherId };
    acme.refused(admin, 'agentKeyRegister', again, 'ALREADY_EXISTS', 'publicKey');
    acme.do(admin, 'agentKeyRevoke', { keyId, reason: 'Lost' });
    acme.refused(admin, 'agentKeyRegister', input, 'ALREADY_EXISTS', 'publicKey');
    acme.wait(2 * DAY_MS);
    acme.refused(admin, 'agentKeyRegister', input, 'ALREADY_EXISTS', 'publicKey');
  });

  test('lists queues of its own cluster, each once', () => {
    const { acme, admin, clusterId, open, foreign, lead } = withQueues();
    const input = { clusterId, name: 'Runner', publicKey: freshPublicKey() };
    const listing = (queueIds: string[]) => ({ ...input, queueIds });
    for (const id of [foreign, acme.newId('que')]) {
      acme.refused(lead, 'agentKeyRegister', listing([open, id]), 'NOT_FOUND', 'queueIds');
    }
    acme.refused(admin, 'agentKeyRegister', listing([foreign]), 'WRONG_CLUSTER', 'queueIds');
    acme.refused(lead, 'agentKeyRegister', listing([]), 'INVALID', 'queueIds');
    acme.refused(lead, 'agentKeyRegister', listing([open, open]), 'INVALID', 'queueIds');
  });

  test('that is revoked ends its agents and their sessions, and is revoked once', () => {
    const { acme, clusterId, open, lead } = withQueues();
    const { keyId, agentId } = registeredAgent(acme, { clusterId, queue: open });
    expect([...acme.sessions.values()]).toEqual([agentId]);
    const { events } = acme.plan(lead, 'agentKeyRevoke', { keyId });
    expect(events.map(({ type }) => type)).toEqual(['AgentKeyRevoked', 'AgentDisconnected']);
    expect(acme.world.get('agent', agentId)?.ended?.reason).toBe('KEY_REVOKED');
    expect(acme.sessions.size).toBe(0);
    expect(acme.plan(lead, 'agentKeyRevoke', { keyId }).events).toEqual([]);
    acme.refused(keyCaller(acme, keyId), 'agentRegister', claims(acme, open), 'NOT_FOUND');
  });
});

describe('registration', () => {
  test('proves the key, takes it everywhere and opens a session of 15 minutes', () => {
    const { acme, clusterId, open } = withQueues();
    const keyId = registeredKey(acme, { clusterId, tags: ['os=linux'] });
    const plan = acme.plan(keyCaller(acme, keyId), 'agentRegister', claims(acme, 'open'));
    expect(plan.events.map(({ type }) => type)).toEqual(['AgentKeyProven', 'AgentRegistered']);
    const agentId = plan.ids['agentId']!;
    expect(acme.world.get('agent', agentId)).toMatchObject({
      ...{ keyId, clusterId, queueId: open, tags: ['os=linux'], ended: null },
    });
    expect(acme.world.get('agentKey', keyId)?.state).toBe('ACTIVE');
    expect(acme.claimed.get(`AGENT_KEY ${keyId.slice(4)}`)).toBe(acme.id);
    expect(parseSecretToken(plan.secret ?? '')).toBe('AGENT_SESSION');
    expect(JSON.stringify(plan.events)).not.toContain(plan.secret);
    const tokenHash = hashSecretToken(plan.secret ?? '');
    expect(plan.effects).toContainEqual({
      ...{ kind: 'OPEN_SESSION', tokenHash, agentId, keyId, expiresAt: STARTED_AT + 900_000 },
    });
  });

  test('uses each assertion once', () => {
    const { acme, clusterId, open } = withQueues();
    const caller = keyCaller(acme, registeredKey(acme, { clusterId }));
    const used = claims(acme, open);
    acme.do(caller, 'agentRegister', used);
    acme.refused(caller, 'agentRegister', used, 'UNAUTHENTICATED');
  });

  test('is refused where another organization proved the key first', () => {
    const { acme, clusterId, open } = withQueues();
    const keyId = registeredKey(acme, { clusterId });
    acme.claimed.set(`AGENT_KEY ${keyId.slice(4)}`, 'org_other');
    acme.refused(keyCaller(acme, keyId), 'agentRegister', claims(acme, open), 'KEY_REFUSED', null);
    expect(acme.world.get('agentKey', keyId)?.state).toBe('PENDING');
  });

  test('is refused once a day has passed unproven', () => {
    const { acme, clusterId, open } = withQueues();
    const caller = keyCaller(acme, registeredKey(acme, { clusterId }));
    acme.wait(DAY_MS);
    acme.refused(caller, 'agentRegister', claims(acme, open), 'NOT_FOUND');
  });

  test('is for the queues of the key: those listed, or the OPEN ones of its cluster', () => {
    const { acme, clusterId, open, closed, foreign } = withQueues();
    const listing = keyCaller(acme, registeredKey(acme, { clusterId, queueIds: [closed] }));
    const general = keyCaller(acme, registeredKey(acme, { clusterId }));
    acme.do(listing, 'agentRegister', claims(acme, closed));
    acme.refused(listing, 'agentRegister', claims(acme, open), 'NOT_FOUND', 'queue');
    acme.do(general, 'agentRegister', claims(acme, open));
    acme.refused(general, 'agentRegister', claims(acme, closed), 'NOT_FOUND', 'queue');
    for (const queue of [foreign, 'foreign', 'nowhere', acme.newId('que')]) {
      acme.refused(general, 'agentRegister', claims(acme, queue), 'NOT_FOUND', 'queue');
    }
  });

  test("finds no queue by a key that is not the queue's any more", () => {
    const { acme, admin, clusterId, open } = withQueues();
    const caller = keyCaller(acme, registeredKey(acme, { clusterId }));
    acme.do(admin, 'clusterQueueUpdate', { queueId: open, key: 'renamed' });
    acme.refused(caller, 'agentRegister', claims(acme, 'open'), 'NOT_FOUND', 'queue');
    acme.do(caller, 'agentRegister', claims(acme, 'renamed'));
  });

  test('of the same process again is a new session and no event', () => {
    const { acme, clusterId, open } = withQueues();
    const { keyId, agentId } = registeredAgent(acme, { clusterId, queue: open });
    const again = acme.plan(keyCaller(acme, keyId), 'agentRegister', claims(acme, open));
    expect(again.events).toEqual([]);
    expect(again.ids['agentId']).toBe(agentId);
    expect([...acme.sessions]).toEqual([[hashSecretToken(again.secret ?? ''), agentId]]);
  });

  test('of another process supersedes the agent before', () => {
    const { acme, clusterId, open } = withQueues();
    const { keyId, agentId } = registeredAgent(acme, { clusterId, queue: open });
    const other = claims(acme, open, 'j'.repeat(22));
    const plan = acme.plan(keyCaller(acme, keyId), 'agentRegister', other);
    expect(plan.events.map(({ type }) => type)).toEqual(['AgentDisconnected', 'AgentRegistered']);
    expect(acme.world.get('agent', agentId)?.ended?.reason).toBe('SUPERSEDED');
    expect([...acme.sessions.values()]).toEqual([plan.ids['agentId']]);
  });

  test('is for agent keys alone', () => {
    const { acme, admin, open } = withQueues();
    acme.refused(admin, 'agentRegister', claims(acme, open), 'FORBIDDEN');
  });
});

describe('disconnecting', () => {
  test('ends the agent and its session; after that it is nobody', () => {
    const { acme, clusterId, open } = withQueues();
    const { keyId, agentId } = registeredAgent(acme, { clusterId, queue: open });
    const ids = { organizationId: acme.id, agentId, keyId, sessionHash: '' };
    const caller = { kind: 'AGENT', ...ids } as const;
    acme.do(caller, 'agentDisconnect', {});
    expect(acme.world.get('agent', agentId)?.ended?.reason).toBe('DISCONNECTED');
    expect(acme.sessions.size).toBe(0);
    acme.refused(caller, 'agentDisconnect', {}, 'UNAUTHENTICATED');
  });

  test('is for agents alone', () => {
    const { acme, admin, clusterId } = withQueues();
    acme.refused(admin, 'agentDisconnect', {}, 'FORBIDDEN');
    const keyId: AgentKeyId = registeredKey(acme, { clusterId });
    expect(acme.try(keyCaller(acme, keyId), 'agentDisconnect', {}).kind).not.toBe('DONE');
  });
});
