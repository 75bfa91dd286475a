import { hash } from 'node:crypto';
import { quoted, wellFormed } from './canonical';
import { EnvelopeTooLarge } from './errors';
import type { Actor, AppendContext } from './types';

export const FORMAT_VERSION = 1;

/** Bytes of the random salt that every hash of content has. */
export const SALT_BYTES = 32;

/** So that an envelope fits the 16-bit lengths of tiled log bundles. */
export const ENVELOPE_MAX_BYTES = 65_535;

/** The first instant that RFC 3339 cannot write: the year 10000. */
const INSTANT_END = 253_402_300_800_000;

/** What is hashed as the leaf; the stored bytes are its RFC 8785 form. */
export interface Envelope {
  readonly formatVersion: number;
  readonly ledgerId: string;
  readonly position: number;
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  /** RFC 3339, UTC, milliseconds. */
  readonly recordedAt: string;
  readonly actor: Actor;
  readonly correlationId: string;
  /** SHA-256(salt ‖ canonical data), base64url. */
  readonly dataHash: string;
  /** The same of the personal part with a salt of its own; absent if there never was one. */
  readonly personalHash?: string;
}

/** The members that differ between the events of one append. */
export type EnvelopeOwn = Pick<
  Envelope,
  'position' | 'eventId' | 'type' | 'schemaVersion' | 'dataHash'
> & { readonly personalHash: string | null };

/**
 * Writes the envelopes of one append. The bytes are canonical by construction: members stand in
 * the order of RFC 8785, and strings and numbers are written as it prescribes, which is as
 * JSON.stringify does. Throws EnvelopeTooLarge, NotCanonical for a lone surrogate, and RangeError
 * for an instant outside the years 1970 to 9999.
 */
export function envelopeWriter(
  ledgerId: string,
  { actor, correlationId, recordedAt }: AppendContext,
): (own: EnvelopeOwn) => Buffer {
  const head = `{"actor":${actorJson(actor)},"correlationId":${quoted(correlationId)},"dataHash":"`;
  const ledger = `,"formatVersion":${String(FORMAT_VERSION)},"ledgerId":${quoted(ledgerId)},`;
  const time = `,"recordedAt":"${rfc3339(recordedAt)}","schemaVersion":`;
  return (own) => {
    const personal = own.personalHash === null ? '' : `"personalHash":"${own.personalHash}",`;
    const bytes = Buffer.from(
      wellFormed(
        `${head}${own.dataHash}","eventId":${quoted(own.eventId)}${ledger}${personal}"position":${String(own.position)}` +
          `${time}${String(own.schemaVersion)},"type":${quoted(own.type)}}`,
      ),
    );
    if (bytes.length > ENVELOPE_MAX_BYTES) throw new EnvelopeTooLarge(bytes.length);
    return bytes;
  };
}

// All commands of a batch have one instant.
let latest = { instant: 0, text: new Date(0).toISOString() };

/** An instant in RFC 3339, UTC, milliseconds. RangeError outside the years 1970 to 9999. */
export function rfc3339(instant: number): string {
  if (instant === latest.instant) return latest.text;
  if (!Number.isInteger(instant) || instant < 0 || instant >= INSTANT_END) {
    throw new RangeError('not an instant between the years 1970 and 9999');
  }
  latest = { instant, text: new Date(instant).toISOString() };
  return latest.text;
}

/** SHA-256(salt ‖ text), base64url: commits to the text without revealing a guessable one. */
export function saltedHash(salt: Uint8Array, text: string): string {
  const input = Buffer.allocUnsafe(salt.length + Buffer.byteLength(text));
  input.set(salt);
  input.write(text, salt.length);
  return hash('sha256', input, 'base64url');
}

/** Reads a stored envelope. Throws SyntaxError if the text is none. */
export function parseEnvelope(text: string): Envelope {
  const envelope: unknown = JSON.parse(text);
  if (typeof envelope !== 'object' || envelope === null) throw new SyntaxError('not an envelope');
  return envelope as Envelope;
}

function actorJson({ id, kind, roles, via }: Actor): string {
  const tail = via === undefined ? '' : `,"via":${quoted(via)}`;
  return `{"id":${quoted(id)},"kind":"${kind}","roles":[${roles.map(quoted).join(',')}]${tail}}`;
}
