import { hash } from 'node:crypto';
import { canonicalJson } from './canonical';
import type { Actor, JsonObject } from './types';

/** Raised when the envelope's form changes; old ledgers keep theirs. */
export const FORMAT_VERSION = 1;

/** A leaf must fit the length prefix of a tile bundle (C2SP tlog-tiles). */
export const ENVELOPE_MAX_BYTES = 65_535;

/** What an envelope says, before it is put into canonical form. */
export interface EnvelopeFields {
  readonly ledgerId: string;
  readonly position: number;
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly recordedAt: number;
  readonly actor: Actor;
  readonly correlationId: string;
  readonly dataHash: string;
  readonly personalHash: string | null;
}

/** Thrown when an event is too large to be recorded. */
export class EnvelopeTooLarge extends Error {
  override readonly name = 'EnvelopeTooLarge';
}

/** base64url(SHA-256(salt ‖ canonical bytes)): what the envelope says of data it does not hold. */
export function saltedHash(salt: Uint8Array, canonical: string): string {
  return hash('sha256', Buffer.concat([salt, Buffer.from(canonical, 'utf8')]), 'base64url');
}

/**
 * The exact bytes that are stored and hashed as a leaf: canonical JSON (RFC 8785). Written member
 * by member in canonical order, which costs a third of the general way.
 */
export function envelopeBytes(fields: EnvelopeFields): Buffer {
  const { actor } = fields;
  const text =
    `{"actor":{"id":${JSON.stringify(actor.id)},"kind":${JSON.stringify(actor.kind)},` +
    `"roles":${JSON.stringify(actor.roles)}` +
    (actor.via === undefined ? '' : `,"via":${JSON.stringify(actor.via)}`) +
    `},"correlationId":${JSON.stringify(fields.correlationId)},` +
    `"dataHash":${JSON.stringify(fields.dataHash)},` +
    `"eventId":${JSON.stringify(fields.eventId)},"formatVersion":${String(FORMAT_VERSION)},` +
    `"ledgerId":${JSON.stringify(fields.ledgerId)},` +
    (fields.personalHash === null ? '' : `"personalHash":${JSON.stringify(fields.personalHash)},`) +
    `"position":${String(fields.position)},` +
    `"recordedAt":${JSON.stringify(new Date(fields.recordedAt).toISOString())},` +
    `"schemaVersion":${String(fields.schemaVersion)},"type":${JSON.stringify(fields.type)}}`;
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length > ENVELOPE_MAX_BYTES) throw new EnvelopeTooLarge('the envelope is too large');
  return bytes;
}

/** The same bytes by the general way: the yardstick that a test holds `envelopeBytes` against. */
export function canonicalEnvelope(fields: EnvelopeFields): string {
  const { personalHash, recordedAt, ...rest } = fields;
  return canonicalJson({
    formatVersion: FORMAT_VERSION,
    recordedAt: new Date(recordedAt).toISOString(),
    ...(personalHash === null ? {} : { personalHash }),
    ...rest,
  });
}

/** Reads an envelope's bytes back. Trust them only after their leaf hash was checked. */
export function readEnvelope(bytes: Uint8Array): EnvelopeFields {
  const parsed = JSON.parse(Buffer.from(bytes).toString('utf8')) as EnvelopeFields & {
    readonly recordedAt: unknown;
  } & JsonObject;
  return {
    ...parsed,
    recordedAt: Date.parse(String(parsed.recordedAt)),
    personalHash: parsed.personalHash ?? null,
  };
}
