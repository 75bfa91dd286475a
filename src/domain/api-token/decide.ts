import type { Decided } from '../decided';
import type { DomainEvent } from '../event';
import { checkAddressRanges, checkShortText, firstRefusal } from '../fields';
import type { ApiTokenId, UserId } from '../id';
import { checkExpiry } from '../refusal';
import { ApiTokenCreated, ApiTokenRevoked } from './events';
import type { ApiToken } from './state';

export interface NewApiToken {
  readonly description: string;
  /** Distinct scopes, at least one; whether they are too wide is for the caller to judge. */
  readonly scopes: readonly string[];
  readonly addressRanges: readonly string[];
  readonly expiresAt: number | null;
}

/** Only the hash of the token (SHA-256, hex) is ever recorded. */
export function createApiToken(
  tokenId: ApiTokenId,
  userId: UserId,
  tokenHash: string,
  wish: NewApiToken,
  now: number,
): Decided {
  const { description, scopes, addressRanges, expiresAt } = wish;
  const refusal = firstRefusal(
    checkShortText(description),
    checkAddressRanges(addressRanges),
    checkExpiry(expiresAt, now),
  );
  if (refusal !== undefined) return refusal;
  return [
    ApiTokenCreated.make(
      {
        tokenId,
        userId,
        tokenHash,
        scopes: [...scopes],
        addressRanges: [...addressRanges],
        expiresAt,
      },
      description ? { description } : {},
    ),
  ];
}

export function endApiToken({ id: tokenId, userId }: ApiToken): DomainEvent {
  return ApiTokenRevoked.make({ tokenId, userId });
}
