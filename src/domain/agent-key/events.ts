import { Type } from '@sinclair/typebox';
import { agentKeyId, defineEvent, idOf, instant, nullable, oneOf, type EventOf } from '../event';
import { TAGS_MAX, TAG_PATTERN } from '../tag';
import { NAME_MAX } from '../text';

export const KEY_ALGORITHMS = ['EdDSA', 'ES256'] as const;
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number];

const keyId = agentKeyId;
const clusterId = idOf('clu');
const coordinate = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });

/** The required members of the canonical public JWK; never a private one. */
const publicKey = Type.Union([
  Type.Object(
    { kty: Type.Literal('OKP'), crv: Type.Literal('Ed25519'), x: coordinate },
    { additionalProperties: false },
  ),
  Type.Object(
    { kty: Type.Literal('EC'), crv: Type.Literal('P-256'), x: coordinate, y: coordinate },
    { additionalProperties: false },
  ),
]);

export const AgentKeyRegistered = defineEvent({
  type: 'AgentKeyRegistered',
  entity: 'agentKey',
  id: 'keyId',
  data: {
    keyId,
    clusterId,
    algorithm: oneOf(KEY_ALGORITHMS),
    publicKey,
    /** The queues the key admits; null means the cluster's OPEN ones. */
    queueIds: nullable(Type.Array(idOf('que'), { minItems: 1, maxItems: 100, uniqueItems: true })),
    tags: Type.Array(Type.String({ pattern: TAG_PATTERN }), {
      maxItems: TAGS_MAX,
      uniqueItems: true,
    }),
    addressRanges: Type.Array(Type.String({ maxLength: 50 }), { maxItems: 64, uniqueItems: true }),
    /** Until when the key must be proven by a first valid signature. */
    provableUntil: instant,
    expiresAt: nullable(instant),
  },
  personal: { name: Type.String({ minLength: 1, maxLength: NAME_MAX }) },
});

/** The first valid signature: from here on the key is active and taken everywhere. */
export const AgentKeyProven = defineEvent({
  type: 'AgentKeyProven',
  entity: 'agentKey',
  id: 'keyId',
  data: { keyId, clusterId },
});

export const AgentKeyRevoked = defineEvent({
  type: 'AgentKeyRevoked',
  entity: 'agentKey',
  id: 'keyId',
  data: { keyId, clusterId },
  personal: { reason: Type.Optional(Type.String({ maxLength: 500 })) },
});

export type AgentKeyEvent =
  | EventOf<typeof AgentKeyRegistered>
  | EventOf<typeof AgentKeyProven>
  | EventOf<typeof AgentKeyRevoked>;

export const agentKeyEvents = [AgentKeyRegistered, AgentKeyProven, AgentKeyRevoked];
