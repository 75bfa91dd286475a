import type { LedgerReader, LedgerRef } from '../ledger/types';
import { LEDGER_KINDS } from '../ledger/types';
import type { Projector } from './projector';
import type { Standings } from './sqlite/standings';

/** How many events are read, projected and committed at a time. */
const PAGE = 1000;

/** The views hold events that their ledger does not: it was restored or replaced. */
export class ViewsAhead extends Error {
  override readonly name = 'ViewsAhead';
}

/** The views were made from other events than their ledger holds now. */
export class ViewsForked extends Error {
  override readonly name = 'ViewsForked';
}

/** How far a long projection is. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

export type OnProgress = (progress: Progress) => void;

/**
 * Throws ViewsAhead or ViewsForked unless everything the views show comes from these ledgers. Such
 * views must not be served; they are made again.
 */
export function checkStandings(standings: Standings, ledger: LedgerReader): void {
  const known = new Set(ledger.organizations().map(({ number }) => number));
  for (const ref of standings.ledgers()) {
    const standing = standings.of(ref);
    if (standing === undefined) continue;
    const name = `${ref.kind} of organization ${ref.organization}`;
    const head = known.has(ref.organization) ? ledger.head(ref).position : 0;
    if (standing.position > head) {
      throw new ViewsAhead(
        `${name}: the views stand at ${standing.position}, the ledger at ${head}`,
      );
    }
    const event = ledger.event(ref, standing.position);
    if (event?.leafHash.equals(standing.leafHash) !== true) {
      throw new ViewsForked(`${name}: the event at ${standing.position} is another than projected`);
    }
  }
}

/**
 * Projects every event that the views have not had, page by page. Throws as `checkStandings` and
 * `Projector.apply` do; then the views stand where the last whole page ended.
 */
export function catchUp(
  projector: Projector,
  ledger: LedgerReader,
  onProgress: OnProgress = () => undefined,
): void {
  checkStandings(projector.standings, ledger);
  const behind = ledger.organizations().flatMap(({ number, organizationId }) =>
    LEDGER_KINDS.map((kind) => {
      const ref: LedgerRef = { organization: number, kind };
      const from = projector.standings.of(ref)?.position ?? 0;
      return { ref, organizationId, from, head: ledger.head(ref).position };
    }),
  );
  const total = behind.reduce((sum, { from, head }) => sum + head - from, 0);
  let done = 0;
  for (const { ref, organizationId, from, head } of behind) {
    for (let next = from + 1; next <= head; next += PAGE) {
      const events = ledger.page(ref, next, Math.min(PAGE, head - next + 1));
      projector.begin();
      try {
        for (const event of events) projector.apply(ref, organizationId, event);
        projector.commit();
      } catch (error) {
        projector.rollback();
        throw error;
      }
      done += events.length;
      onProgress({ done, total });
    }
  }
}
