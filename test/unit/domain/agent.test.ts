import { endAgent, registerAgent, type Registration } from '../../../src/domain/agent/decide';
import { AgentDisconnected, AgentRegistered } from '../../../src/domain/agent/events';
import type { Agent } from '../../../src/domain/agent/state';
import type { AgentKey } from '../../../src/domain/agent-key/state';
import type { Decided } from '../../../src/domain/decided';
import type { Queue } from '../../../src/domain/queue/state';
import { isRefusal } from '../../../src/domain/refusal';
import { given, GIVEN_AT } from '../../support/given-when-then';
import { sampleId, sampleKeyId } from '../../support/sample-ids';

const keyId = sampleKeyId();
const clusterId = sampleId('clu');
const queueId = sampleId('que');
const instance = 'i'.repeat(22);
const [oldId, freshId] = [sampleId('agt', 1), sampleId('agt', 2)];

const key: AgentKey = {
  ...{ id: keyId, clusterId, name: 'Runner', algorithm: 'EdDSA', queueIds: null },
  ...{ publicKey: { kty: 'OKP', crv: 'Ed25519', x: 'x' }, tags: ['os=linux', 'arch=arm64'] },
  ...{ addressRanges: [], state: 'ACTIVE', provableUntil: 0, expiresAt: null, createdAt: 0 },
};
const queue = { id: queueId, clusterId } as Queue;
const wish: Registration = { queue, tags: null, instance };
const running: Agent = {
  ...{ id: oldId, keyId, clusterId, queueId, tags: ['arch=arm64', 'os=linux'], instance },
  ...{ ended: null, registeredAt: 0 },
};
const registered = (tags: string[], agentId = freshId) =>
  AgentRegistered.make({ agentId, keyId, clusterId, queueId, tags, instance });

function eventsOf(live: readonly Agent[], change: Partial<Registration>, of = key): Decided {
  const fresh = { agentId: freshId, now: GIVEN_AT };
  const decided = registerAgent(of, live, { ...wish, ...change }, fresh);
  return isRefusal(decided) ? decided : decided.events;
}

test('an agent carries all tags of its key, or those it names', () => {
  given()
    .when(() => eventsOf([], {}))
    .then([registered(['os=linux', 'arch=arm64'])]);
  given()
    .when(() => eventsOf([], { tags: ['os=linux'] }))
    .then([registered(['os=linux'])]);
  given()
    .when(() => eventsOf([], { tags: [] }))
    .then([registered([])]);
});

test.each([[['os=windows']], [['os=linux', 'gpu=yes']], [['os=linux', 'os=linux']], [['linux']]])(
  'tags never widen: %j',
  (tags) => {
    given()
      .when(() => eventsOf([], { tags }))
      .thenRefused('INVALID', 'tags');
  },
);

test('the same process asking for the same goes on as the same agent', () => {
  const fresh = { agentId: freshId, now: GIVEN_AT };
  expect(registerAgent(key, [running], wish, fresh)).toEqual({ agentId: oldId, events: [] });
});

test.each([
  [{ instance: 'j'.repeat(22) }],
  [{ queue: { id: sampleId('que', 2), clusterId } as Queue }],
  [{ tags: ['os=linux'] }],
])('anything else supersedes the agent before: %j', (change) => {
  const decided = eventsOf([running], change);
  expect(decided).toEqual([
    AgentDisconnected.make({ agentId: oldId, keyId, reason: 'SUPERSEDED' }),
    expect.objectContaining({ type: 'AgentRegistered' }),
  ]);
});

test.each([
  [{ state: 'REVOKED' }],
  [{ state: 'ACTIVE', expiresAt: GIVEN_AT }],
  [{ state: 'PENDING', provableUntil: GIVEN_AT }],
] as const)('a key that does not count registers nothing: %j', (change) => {
  given()
    .when(() => eventsOf([], {}, { ...key, ...change }))
    .thenRefused('KEY_REFUSED', null);
});

test('an ending says why', () => {
  given()
    .when(() => [endAgent(running, 'DISCONNECTED')])
    .then([AgentDisconnected.make({ agentId: oldId, keyId, reason: 'DISCONNECTED' })]);
});
