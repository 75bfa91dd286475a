import { RefusalsCounted } from '../domain/agent/events';
import type { DomainEvent } from '../domain/event';
import type { OrganizationId } from '../domain/id';

/** Beyond this many different refusals between two flushes, callers are counted together. */
const KEYS_MAX = 1000;
const TOGETHER = 'others';

interface Count {
  readonly caller: string;
  readonly operation: string;
  readonly code: string;
  readonly since: number;
  count: number;
}

/**
 * Refused commands, counted per caller, operation and code until the next flush. A stranger can
 * cause any number of refusals, so they are aggregated, and the number of counters is bounded.
 */
export class RefusalCounts {
  readonly #organizations = new Map<OrganizationId, Map<string, Count>>();
  #size = 0;

  count(
    organizationId: OrganizationId,
    refused: { readonly caller: string; readonly operation: string; readonly code: string },
    now: number,
  ): void {
    const counts = this.#organizations.get(organizationId) ?? new Map<string, Count>();
    this.#organizations.set(organizationId, counts);
    const { operation, code } = refused;
    const caller = this.#size < KEYS_MAX ? refused.caller : TOGETHER;
    const key = JSON.stringify([caller, operation, code]);
    const found = counts.get(key);
    if (found !== undefined) {
      found.count += 1;
      return;
    }
    this.#size += 1;
    counts.set(key, { caller, operation, code, since: now, count: 1 });
  }

  /** Everything counted so far as events, by organization; the counters start anew on `clear`. */
  events(): ReadonlyMap<OrganizationId, readonly DomainEvent[]> {
    const events = new Map<OrganizationId, readonly DomainEvent[]>();
    for (const [organizationId, counts] of this.#organizations) {
      events.set(
        organizationId,
        [...counts.values()].map((count) => RefusalsCounted.make({ organizationId, ...count })),
      );
    }
    return events;
  }

  clear(): void {
    this.#organizations.clear();
    this.#size = 0;
  }
}
