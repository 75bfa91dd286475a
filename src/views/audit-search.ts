import type { LedgerReader, LedgerRef, StoredEvent } from '../ledger/types';
import type { AuditQuery } from './queries';
import type { Mark, MarkRows } from './sqlite/mark-rows';

/** A ledger and how far its events can be found. */
export interface SearchedLedger {
  readonly ref: LedgerRef;
  readonly ledger: LedgerReader;
  readonly marks: MarkRows;
  /** The last position that is projected. */
  readonly last: number;
}

/** A page of events, as the query asks. */
export function searchEvents(
  { ref, ledger, marks, last }: SearchedLedger,
  query: AuditQuery,
): readonly StoredEvent[] {
  const forward = query.order === 'OLDEST_FIRST';
  const range = { first: 1, last };
  const { recordedFrom, recordedTo, after, limit } = query;
  if (recordedFrom !== null) range.first = ledger.positionAt(ref, recordedFrom - 1) + 1;
  if (recordedTo !== null) range.last = Math.min(last, ledger.positionAt(ref, recordedTo - 1));
  if (after !== null && forward) range.first = Math.max(range.first, after + 1);
  if (after !== null && !forward) range.last = Math.min(range.last, after - 1);
  const sought = marksOf(query);
  const positions =
    sought.length === 0
      ? consecutive(range, forward, limit)
      : marks.find(sought, { ...ref, ...range }, forward ? 'FORWARD' : 'BACKWARD', limit);
  return ledger.events(ref, positions);
}

function marksOf({ type, actorId, subjectId }: AuditQuery): readonly Mark[] {
  const mark = (field: Mark['field'], text: string | null): Mark[] =>
    text === null ? [] : [{ field, text }];
  return [...mark('named', subjectId), ...mark('actor', actorId), ...mark('type', type)];
}

function consecutive(
  { first, last }: { readonly first: number; readonly last: number },
  forward: boolean,
  limit: number,
): readonly number[] {
  const length = Math.max(0, Math.min(limit, last - first + 1));
  return Array.from({ length }, (_, index) => (forward ? first + index : last - index));
}
