import { Type } from '@sinclair/typebox';
import { defineEvent, idOf, instant, nullable, type EventOf } from '../event';
import { NAME_MAX } from '../text';

const tokenId = idOf('tok');
const userId = idOf('usr');

export const ApiTokenCreated = defineEvent({
  type: 'ApiTokenCreated',
  entity: 'apiToken',
  id: 'tokenId',
  data: {
    tokenId,
    userId,
    /** SHA-256 of the token, which has 256 random bits: it opens nothing. */
    tokenHash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    scopes: Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 100 }),
    addressRanges: Type.Array(Type.String({ maxLength: 50 }), { maxItems: 64 }),
    expiresAt: nullable(instant),
  },
  personal: { description: Type.Optional(Type.String({ maxLength: NAME_MAX })) },
});

export const ApiTokenRevoked = defineEvent({
  type: 'ApiTokenRevoked',
  entity: 'apiToken',
  id: 'tokenId',
  ends: true,
  data: { tokenId, userId },
});

export type ApiTokenEvent = EventOf<typeof ApiTokenCreated> | EventOf<typeof ApiTokenRevoked>;

export const apiTokenEvents = [ApiTokenCreated, ApiTokenRevoked];
