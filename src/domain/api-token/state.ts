import type { Occurrence } from '../event';
import type { ApiTokenId, UserId } from '../id';
import type { ApiTokenEvent } from './events';

export interface ApiToken {
  readonly id: ApiTokenId;
  readonly userId: UserId;
  readonly tokenHash: string;
  readonly scopes: readonly string[];
  readonly addressRanges: readonly string[];
  readonly description: string;
  readonly expiresAt: number | null;
  readonly createdAt: number;
}

/** Folds one event into the token; undefined once revoked. */
export function evolveApiToken(
  _before: ApiToken | undefined,
  event: ApiTokenEvent,
  at: Occurrence,
): ApiToken | undefined {
  if (event.type === 'ApiTokenRevoked') return undefined;
  const { tokenId, ...rest } = event.data;
  const description = event.personal?.description ?? '';
  return { id: tokenId, ...rest, description, createdAt: at.recordedAt };
}
