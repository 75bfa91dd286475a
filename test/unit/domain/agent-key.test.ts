import {
  proveAgentKey,
  registerAgentKey,
  revokeAgentKey,
} from '../../../src/domain/agent-key/decide';
import {
  AgentKeyProven,
  AgentKeyRegistered,
  AgentKeyRevoked,
} from '../../../src/domain/agent-key/events';
import { agentKeyState, type AgentKey } from '../../../src/domain/agent-key/state';
import { given, GIVEN_AT } from '../../support/given-when-then';
import { sampleId, sampleKeyId } from '../../support/sample-ids';

const clusterId = sampleId('clu');
const keyId = sampleKeyId();
const DAY_MS = 86_400_000;
const publicKey = { kty: 'OKP', crv: 'Ed25519', x: 'x'.repeat(43) } as const;
const key = { keyId, algorithm: 'EdDSA', publicKey } as const;
const wish = {
  name: 'Runner',
  queueIds: null,
  tags: ['os=linux'],
  addressRanges: [],
  expiresAt: null,
};
const registered = AgentKeyRegistered.make(
  {
    ...{ keyId, clusterId, algorithm: 'EdDSA', publicKey, queueIds: null, tags: ['os=linux'] },
    ...{ addressRanges: [], provableUntil: GIVEN_AT + DAY_MS, expiresAt: null },
  },
  { name: 'Runner' },
);
const proven = AgentKeyProven.make({ keyId, clusterId });
const revoked = AgentKeyRevoked.make({ keyId, clusterId });

test('a key has a day to be proven', () => {
  given()
    .when(() => registerAgentKey(clusterId, key, undefined, wish, GIVEN_AT))
    .then([registered]);
});

test.each([
  [{ name: '' }, 'INVALID', 'name'],
  [{ tags: ['linux'] }, 'INVALID', 'tags'],
  [{ tags: ['os=linux', 'os=linux'] }, 'INVALID', 'tags'],
  [{ tags: Array.from({ length: 33 }, (_, n) => `n=${n}`) }, 'INVALID', 'tags'],
  [{ addressRanges: ['10/8'] }, 'INVALID', 'addressRanges'],
  [
    { addressRanges: Array.from({ length: 65 }, (_, n) => `10.0.0.${n}/32`) },
    'INVALID',
    'addressRanges',
  ],
  [{ expiresAt: GIVEN_AT }, 'EXPIRY_IN_PAST', 'expiresAt'],
] as const)('%j is refused: %s', (change, code, field) => {
  given()
    .when(() => registerAgentKey(clusterId, key, undefined, { ...wish, ...change }, GIVEN_AT))
    .thenRefused(code, field);
});

test('a key once registered is refused for ever', () => {
  for (const history of [[], [proven], [revoked], [proven, revoked]]) {
    given(registered, ...history)
      .when((state) => registerAgentKey(clusterId, key, state('agentKey', keyId), wish, GIVEN_AT))
      .thenRefused('ALREADY_EXISTS', 'publicKey');
  }
});

test('only a pending key is proven', () => {
  given(registered)
    .when((state) => proveAgentKey(state('agentKey', keyId)))
    .then([proven]);
  given(registered, proven)
    .when((state) => proveAgentKey(state('agentKey', keyId)))
    .then([]);
});

test('a revocation is for ever and once', () => {
  given(registered)
    .when((state) => revokeAgentKey(state('agentKey', keyId), 'Laptop lost'))
    .then([AgentKeyRevoked.make({ keyId, clusterId }, { reason: 'Laptop lost' })]);
  given(registered, revoked)
    .when((state) => revokeAgentKey(state('agentKey', keyId), 'again'))
    .then([]);
  given(registered)
    .when((state) => revokeAgentKey(state('agentKey', keyId), 'x'.repeat(501)))
    .thenRefused('INVALID', 'reason');
});

test('the state counts expiry: unproven after a day, proven until its own end', () => {
  const states: [AgentKey['state'], number | null, number, string][] = [
    ['PENDING', null, 9, 'PENDING'],
    ['PENDING', null, 10, 'EXPIRED'],
    ['PENDING', 5, 5, 'EXPIRED'],
    ['ACTIVE', null, 99, 'ACTIVE'],
    ['ACTIVE', 50, 49, 'ACTIVE'],
    ['ACTIVE', 50, 50, 'EXPIRED'],
    ['REVOKED', 50, 60, 'REVOKED'],
  ];
  for (const [state, expiresAt, now, expected] of states) {
    const stored = { state, expiresAt, provableUntil: 10 } as AgentKey;
    expect(agentKeyState(stored, now)).toBe(expected);
  }
});
