import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson } from '../../../src/ledger/canonical';
import { envelopeWriter, parseEnvelope, rfc3339 } from '../../../src/ledger/envelope';
import { NotCanonical } from '../../../src/ledger/errors';
import type { Actor } from '../../../src/ledger/types';

const text = fc.string({ unit: 'binary', maxLength: 30 });
const number = fc.oneof(
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Number.isInteger(value)),
);
const json = fc.letrec<{ value: unknown; object: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(text, tie('value'), { maxKeys: 6 }),
})).object;

/** The same value with the members of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, reversed(member)] as const);
  return Object.fromEntries(members.reverse());
}

it('is the form that the library gives, and its own canonical form', () => {
  fc.assert(
    fc.property(json, (value) => {
      const form = canonicalJson(value);
      expect(form).toBe(canonicalize(value));
      expect(canonicalJson(JSON.parse(form) as Record<string, unknown>)).toBe(form);
    }),
  );
});

it('does not depend on the order of members', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(canonicalJson(reversed(value) as Record<string, unknown>)).toBe(canonicalJson(value));
    }),
  );
});

it('survives being written as bytes and read', () => {
  fc.assert(
    fc.property(json, (value) => {
      const form = canonicalJson(value);
      expect(Buffer.from(form).toString('utf8')).toBe(form);
    }),
  );
});

it('refuses every text that bytes cannot hold', () => {
  const units = fc.array(fc.constantFrom('\ud83d', '\ude00', '\\', 'ud800', 'a'), { maxLength: 8 });
  fc.assert(
    fc.property(units, (parts) => {
      const value = { text: parts.join('') };
      const whole = Buffer.from(value.text).toString('utf8') === value.text;
      if (whole) expect(JSON.parse(canonicalJson(value))).toEqual(value);
      else expect(() => canonicalJson(value)).toThrow(NotCanonical);
    }),
  );
});

it('is what an envelope is written in, whatever its members hold', () => {
  const actor: fc.Arbitrary<Actor> = fc.record(
    {
      kind: fc.constantFrom('MEMBER', 'AGENT_KEY', 'INSTALLATION', 'HOST', 'SYSTEM'),
      id: text,
      via: text,
      roles: fc.array(text, { maxLength: 4 }),
    },
    { requiredKeys: ['kind', 'id', 'roles'] },
  );
  const context = fc.record({
    actor,
    correlationId: text,
    recordedAt: fc.nat({ max: 253_402_300_799_999 }),
  });
  const own = fc.record({
    position: fc.maxSafeInteger().map(Math.abs),
    eventId: text,
    type: text,
    schemaVersion: fc.nat(),
    dataHash: fc.base64String({ maxLength: 44 }),
    personalHash: fc.option(fc.base64String({ maxLength: 44 })),
  });
  fc.assert(
    fc.property(text, context, own, (ledgerId, shared, { personalHash, ...members }) => {
      const { recordedAt, ...rest } = shared;
      const written = envelopeWriter(ledgerId, shared)({ ...members, personalHash });
      const envelope = {
        formatVersion: 1,
        ledgerId,
        recordedAt: rfc3339(recordedAt),
        ...rest,
        ...members,
        ...(personalHash === null ? {} : { personalHash }),
      };
      expect(written.toString('utf8')).toBe(canonicalize(envelope));
      expect(parseEnvelope(written.toString('utf8'))).toEqual(envelope);
    }),
  );
});
