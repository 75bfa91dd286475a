import type { OrganizationId } from '../domain/id';
import { LEDGER_KINDS } from '../ledger/types';
import type { LedgerReader, LedgerRef, StoredEvent } from '../ledger/types';
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
function checkStandings(standings: Standings, ledger: LedgerReader): void {
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

/** Events that the views have not had, and how far the projection is once they are in. */
interface Page {
  readonly ref: LedgerRef;
  readonly organizationId: OrganizationId;
  readonly events: readonly StoredEvent[];
  readonly progress: Progress;
}

/**
 * Projects every event that the views have not had, and commits page by page. Throws as
 * `checkStandings` and `Projector.apply` do; then the views stand where the last whole page ended.
 */
export function catchUp(
  projector: Projector,
  ledger: LedgerReader,
  onProgress: OnProgress = () => undefined,
): void {
  for (const page of missingPages(projector.standings, ledger)) {
    projector.begin();
    try {
      applyPage(projector, page);
      projector.commit();
    } catch (error) {
      projector.rollback();
      throw error;
    }
    onProgress(page.progress);
  }
}

/** The same in one commit: pages of a file that are written again and again would cost the most. */
export function catchUpAtOnce(
  projector: Projector,
  ledger: LedgerReader,
  onProgress: OnProgress = () => undefined,
): void {
  projector.begin();
  for (const page of missingPages(projector.standings, ledger)) {
    applyPage(projector, page);
    onProgress(page.progress);
  }
  projector.commit();
}

function applyPage(projector: Projector, { ref, organizationId, events }: Page): void {
  for (const event of events) projector.apply(ref, organizationId, event);
}

function* missingPages(standings: Standings, ledger: LedgerReader): Generator<Page, void> {
  checkStandings(standings, ledger);
  const ledgers = ledger.organizations().flatMap(({ number, organizationId }) =>
    LEDGER_KINDS.map((kind) => {
      const ref: LedgerRef = { organization: number, kind };
      const first = (standings.of(ref)?.position ?? 0) + 1;
      return { ref, organizationId, first, last: ledger.head(ref).position };
    }),
  );
  const total = ledgers.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  let done = 0;
  for (const { ref, organizationId, first, last } of ledgers) {
    for (let next = first; next <= last; next += PAGE) {
      const events = ledger.page(ref, next, Math.min(PAGE, last - next + 1));
      done += events.length;
      yield { ref, organizationId, events, progress: { done, total } };
    }
  }
}
