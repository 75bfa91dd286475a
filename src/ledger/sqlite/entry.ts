import { canonicalJson } from '../canonical';
import { SALT_BYTES, saltedHash, type EnvelopeOwn } from '../envelope';
import { leafHash } from '../merkle';
import type { RandomPool } from '../random-pool';
import type { AppendContext, Evidence, JsonObject, NewEvent, StoredEvent } from '../types';
import { uuidText, type UuidV7 } from '../uuidv7';

/** An event that is ready to be inserted: what is stored, and how readers will see it. */
export interface Entry {
  readonly evidence: Evidence;
  readonly stored: StoredEvent;
}

/** Where an event goes, and what it is written with. */
export interface EntryFrame {
  readonly context: AppendContext;
  readonly envelope: (own: EnvelopeOwn) => Buffer;
  readonly uuids: UuidV7;
  readonly random: RandomPool;
}

/**
 * Makes an event's canonical texts, hashes and envelope. Throws as `LedgerWriter.append` says. What
 * is returned as stored is read back from the canonical texts: projecting it cannot differ from
 * projecting what a replay reads.
 */
export function makeEntry(frame: EntryFrame, event: NewEvent, position: number): Entry {
  const { type, schemaVersion } = event;
  const { actor, correlationId, recordedAt } = frame.context;
  const data = canonicalJson(event.data);
  const salt = frame.random.take(SALT_BYTES);
  const personal = event.personal === undefined ? null : canonicalJson(event.personal);
  const personalSalt = personal === null ? null : frame.random.take(SALT_BYTES);
  const eventId = uuidText(frame.uuids.next());
  const envelope = frame.envelope({
    position,
    eventId,
    type,
    schemaVersion,
    dataHash: saltedHash(salt, data),
    personalHash:
      personal === null || personalSalt === null ? null : saltedHash(personalSalt, personal),
  });
  const leaf = leafHash(envelope);
  return {
    evidence: {
      position,
      recordedAt,
      envelope,
      data,
      salt,
      personal,
      personalSalt,
      leafHash: leaf,
    },
    stored: {
      position,
      eventId,
      type,
      schemaVersion,
      recordedAt,
      actor,
      correlationId,
      data: JSON.parse(data) as JsonObject,
      personal: personal === null ? null : (JSON.parse(personal) as JsonObject),
      leafHash: leaf,
    },
  };
}
