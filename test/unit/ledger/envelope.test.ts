import {
  ENVELOPE_MAX_BYTES,
  envelopeWriter,
  parseEnvelope,
  rfc3339,
  saltedHash,
  type EnvelopeOwn,
} from '../../../src/ledger/envelope';
import { EnvelopeTooLarge, NotCanonical } from '../../../src/ledger/errors';
import type { Actor, AppendContext } from '../../../src/ledger/types';

const SALT = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
const PERSONAL_SALT = Buffer.from(Array.from({ length: 32 }, (_, index) => 32 + index));

const ACTOR: Actor = {
  kind: 'MEMBER',
  id: 'usr_06b9t7j8qsz1r3q4v5w6x7y8z9',
  via: 'tok_06b9t7j8qsz1r3q4v5w6x7y8za',
  roles: ['ADMIN'],
};
const CONTEXT: AppendContext = {
  actor: ACTOR,
  correlationId: 'req-7',
  recordedAt: Date.UTC(2026, 2, 1, 12, 0, 0, 5),
};
const OWN: EnvelopeOwn = {
  position: 42,
  eventId: '01957a3c-4d5e-77ff-bfff-ffffffffffff',
  type: 'ClusterAccessGranted',
  schemaVersion: 2,
  dataHash: saltedHash(SALT, '{"level":"USE"}'),
  personalHash: saltedHash(PERSONAL_SALT, '{"name":"Zoë"}'),
};
const LEDGER_ID = 'led_06b9t7j8qsz1r3q4v5w6x7y8zb';

function write(context: Partial<AppendContext> = {}, own: Partial<EnvelopeOwn> = {}): Buffer {
  return envelopeWriter(LEDGER_ID, { ...CONTEXT, ...context })({ ...OWN, ...own });
}

describe('the envelope', () => {
  it('has these very bytes, for ever', () => {
    expect(write().toString('utf8')).toBe(
      '{"actor":{"id":"usr_06b9t7j8qsz1r3q4v5w6x7y8z9","kind":"MEMBER","roles":["ADMIN"],' +
        '"via":"tok_06b9t7j8qsz1r3q4v5w6x7y8za"},"correlationId":"req-7",' +
        '"dataHash":"LH3PRZpu2ySHXmxq4mCAYJE6wWkoHPUy7eOW_gd8atQ",' +
        '"eventId":"01957a3c-4d5e-77ff-bfff-ffffffffffff","formatVersion":1,' +
        '"ledgerId":"led_06b9t7j8qsz1r3q4v5w6x7y8zb",' +
        '"personalHash":"8OUKeNrtIkjkfeijshMlwAdSRzVAzCW0WnuAKIWzP-4","position":42,' +
        '"recordedAt":"2026-03-01T12:00:00.005Z","schemaVersion":2,"type":"ClusterAccessGranted"}',
    );
  });

  it('leaves out what there is none of', () => {
    const actor: Actor = { kind: 'SYSTEM', id: 'palisade', roles: [] };
    const envelope = parseEnvelope(write({ actor }, { personalHash: null }).toString('utf8'));
    expect(envelope).not.toHaveProperty('personalHash');
    expect(envelope.actor).toEqual({ kind: 'SYSTEM', id: 'palisade', roles: [] });
  });

  it('gives each event of an append its own members', () => {
    const next = envelopeWriter(LEDGER_ID, CONTEXT);
    const positions = [1, 2, 3].map((position) =>
      parseEnvelope(next({ ...OWN, position }).toString('utf8')),
    );
    expect(positions.map(({ position }) => position)).toEqual([1, 2, 3]);
  });

  it('is at most 65,535 bytes long', () => {
    const room = ENVELOPE_MAX_BYTES - write({ correlationId: '' }).length;
    expect(write({ correlationId: 'x'.repeat(room) })).toHaveLength(65_535);
    expect(() => write({ correlationId: 'x'.repeat(room + 1) })).toThrow(EnvelopeTooLarge);
    expect(() => write({ correlationId: 'ü'.repeat(room / 2 + 1) })).toThrow(EnvelopeTooLarge);
  });

  it.each([
    { correlationId: '\ud800' },
    { actor: { ...ACTOR, id: '\udfff' } },
    { actor: { ...ACTOR, via: 'a\ud800b' } },
    { actor: { ...ACTOR, roles: ['\ud800'] } },
  ])('refuses lone surrogates: %j', (context) => {
    expect(() => write(context)).toThrow(NotCanonical);
  });

  it.each(['null', '1', '"x"', '', '{'])('is not to be read from %j', (text) => {
    expect(() => parseEnvelope(text)).toThrow(SyntaxError);
  });
});

describe('instants', () => {
  it('are written with milliseconds', () => {
    expect(rfc3339(0)).toBe('1970-01-01T00:00:00.000Z');
    expect(rfc3339(Date.UTC(9999, 11, 31, 23, 59, 59, 999))).toBe('9999-12-31T23:59:59.999Z');
  });

  it.each([-1, 0.5, NaN, Infinity, Date.UTC(10_000, 0, 1)])('do not take %d', (instant) => {
    expect(() => rfc3339(instant)).toThrow(RangeError);
  });
});

describe('the salted hash', () => {
  it('depends on the salt', () => {
    expect(saltedHash(PERSONAL_SALT, '{}')).not.toBe(saltedHash(SALT, '{}'));
  });
});
