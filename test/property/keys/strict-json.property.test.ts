import fc from 'fast-check';
import { readStrictJson } from '../../../src/keys/strict-json';

const read = (text: string) => readStrictJson(Buffer.from(text, 'utf8'));

/** JSON values within the reader's limits. */
const { value: within } = fc.letrec((tie) => ({
  scalar: fc.oneof(
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger().map((integer) => integer + 0),
    fc.string({ unit: 'binary', maxLength: 20 }),
  ),
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'json' },
    tie('scalar'),
    fc.array(tie('value'), { maxLength: 5, depthIdentifier: 'json' }),
    fc.dictionary(fc.string({ maxLength: 8 }), tie('value'), {
      maxKeys: 5,
      depthIdentifier: 'json',
      noNullPrototype: true,
    }),
  ),
}));

/** Texts that are nearly JSON. */
const nearly = fc
  .tuple(
    fc.oneof(
      within.map((value) => JSON.stringify(value)),
      fc.json(),
    ),
    fc.nat(),
    fc.constantFrom(
      ...Array.from('{}[]",:\\\u0000 \n\t01-+.eEutfn/é\ud83d\ufeff'),
      '\\u0061',
      '\\ud800',
      '1e9',
      '-0',
    ),
    fc.nat(2),
  )
  .map(([text, at, inserted, removed]) => {
    const place = text.length === 0 ? 0 : at % text.length;
    return text.slice(0, place) + inserted + text.slice(place + removed);
  });

describe('the strict JSON reader', () => {
  it('reads everything within its limits as JSON.parse does', () => {
    fc.assert(
      fc.property(within, (value) => {
        const text = JSON.stringify(value);
        fc.pre(Buffer.byteLength(text) <= 4096);
        expect(read(text)).toEqual({ ok: true, value: JSON.parse(text) as unknown });
      }),
      { numRuns: 500 },
    );
  });

  it('agrees with JSON.parse on whatever it accepts, and keeps every name', () => {
    let accepted = 0;
    fc.assert(
      fc.property(nearly, (text) => {
        const result = read(text);
        if (!result.ok) return;
        accepted += 1;
        // A pair of surrogates may have been cut: what is read are the bytes.
        const parsed: unknown = JSON.parse(Buffer.from(text, 'utf8').toString('utf8'));
        expect(result.value).toEqual(parsed);
        expect(JSON.stringify(result.value)).toBe(JSON.stringify(parsed));
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it('accepts no name twice, however it is escaped', () => {
    const escape = (name: string) =>
      name.replaceAll(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), within, fc.boolean(), (name, value, escaped) => {
        const first = JSON.stringify(name);
        const second = escaped ? `"${escape(name)}"` : first;
        const text = `{${first}:1,"${'~'.repeat(9)}":${JSON.stringify(value)},${second}:2}`;
        fc.pre(Buffer.byteLength(text) <= 4096);
        const result = read(text);
        expect(result.ok ? null : result.fault).toMatch(/^(?:DUPLICATE_NAME|TOO_DEEP)$/);
      }),
      { numRuns: 500 },
    );
  });

  it('throws at no bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(typeof readStrictJson(bytes).ok).toBe('boolean');
      }),
      { numRuns: 2000 },
    );
  });
});
