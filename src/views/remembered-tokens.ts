import type { OrganizationId } from '../domain/id';
import { BoundedCache } from './bounded-cache';
import type { TokenRecord } from './queries';

/** How many tokens are kept for certain. */
const CACHED = 10_000;

interface Remembered {
  readonly record: TokenRecord;
  /** The position of the organization's access ledger that the record was read at. */
  readonly position: number;
}

export interface TokenSources {
  readonly find: (tokenHash: string) => TokenRecord | undefined;
  /** Up to where the organization's access ledger is projected. */
  readonly positionOf: (organizationId: OrganizationId) => number | undefined;
}

/**
 * Finds API tokens, each once for as long as nothing happens in its organization: what makes, changes
 * or ends a token is an event of the access ledger. What is not there is looked for each time.
 */
export class RememberedTokens {
  readonly #sources: TokenSources;
  readonly #known = new BoundedCache<string, Remembered>(CACHED);

  constructor(sources: TokenSources) {
    this.#sources = sources;
  }

  byHash(tokenHash: string): TokenRecord | undefined {
    const { find, positionOf } = this.#sources;
    const known = this.#known.get(tokenHash);
    if (known !== undefined && positionOf(known.record.organizationId) === known.position) {
      return known.record;
    }
    const record = find(tokenHash);
    const position = record && positionOf(record.organizationId);
    if (record === undefined || position === undefined) this.#known.delete(tokenHash);
    else this.#known.set(tokenHash, { record, position });
    return record;
  }
}
