import { readEnvelope } from '../envelope';
import type { JsonObject, LedgerKind, StoredEvent } from '../types';

/** How a ledger's kind is written in the file. */
export const KIND_CODES: Readonly<Record<LedgerKind, number>> = { ACCESS: 0, ACTIVITY: 1 };

/** A row of the table `event`, as far as reading needs it. */
export interface EventRow {
  readonly envelope: Buffer;
  readonly leaf_hash: Buffer;
  readonly data: string;
  readonly personal: string | null;
}

export const EVENT_COLUMNS = 'envelope, leaf_hash, data, personal';

/** Reads a row back into the event it records. */
export function storedEvent(row: EventRow): StoredEvent {
  const { position, eventId, type, schemaVersion, recordedAt, actor, correlationId } =
    readEnvelope(row.envelope);
  return {
    position,
    eventId,
    type,
    schemaVersion,
    recordedAt,
    actor,
    correlationId,
    data: JSON.parse(row.data) as JsonObject,
    personal: row.personal === null ? null : (JSON.parse(row.personal) as JsonObject),
    leafHash: row.leaf_hash,
  };
}

/** A row of the table `ledger`. */
export interface HeadRow {
  readonly organization: number;
  readonly kind: number;
  readonly organization_id: string;
  readonly ledger_id: string;
  readonly position: number;
  readonly leaf_hash: Buffer;
  readonly frontier: Buffer;
  readonly root: Buffer;
  readonly recorded_at: number;
}
