import fc from 'fast-check';
import { decodeBase64url, encodeBase64url } from '../../../src/keys/base64url';
import { fingerprint } from '../../../src/keys/fingerprint';
import { formatSecretToken, parseSecretToken } from '../../../src/keys/secret-token';

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
const kind = fc.constantFrom('API_TOKEN', 'AGENT_SESSION', 'INSTALLATION');
const CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_ =';

it('base64url: bytes survive the round trip, and only one text gives them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 70 }), (bytes) => {
      const text = encodeBase64url(bytes);
      expect(decodeBase64url(text)).toEqual(Buffer.from(bytes));
    }),
  );
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...Array.from(CHARACTERS)), maxLength: 50 }),
      (text) => {
        const bytes = decodeBase64url(text);
        if (bytes !== null) expect(encodeBase64url(bytes)).toBe(text);
      },
    ),
    { numRuns: 1000 },
  );
});

it('fingerprints differ where digests do', () => {
  fc.assert(
    fc.property(bytes32, bytes32, (first, second) => {
      const [a, b] = [first, second].map((bytes) => fingerprint(encodeBase64url(bytes)));
      expect(a).toMatch(/^(?:[A-Z2-7]{4}-){12}[A-Z2-7]{4}$/);
      expect(a === b).toBe(Buffer.from(first).equals(second));
    }),
  );
});

describe('secret tokens', () => {
  it('are read as the kind they were made as, and never look alike', () => {
    fc.assert(
      fc.property(kind, bytes32, bytes32, (name, first, second) => {
        const token = formatSecretToken(name, first);
        expect(parseSecretToken(token)).toBe(name);
        expect(token).toHaveLength(54);
        const same = Buffer.from(first).equals(second);
        expect(formatSecretToken(name, second) === token).toBe(same);
      }),
    );
  });

  it('are none with one character changed, removed or added', () => {
    const edit = fc.record({
      at: fc.nat(53),
      character: fc.constantFrom(...Array.from(CHARACTERS), ''),
      removed: fc.nat(1),
    });
    fc.assert(
      fc.property(kind, bytes32, edit, (name, bytes, { at, character, removed }) => {
        const token = formatSecretToken(name, bytes);
        const changed = token.slice(0, at) + character + token.slice(at + removed);
        fc.pre(changed !== token);
        expect(parseSecretToken(changed)).toBeNull();
      }),
      { numRuns: 1000 },
    );
  });

  it('are not found in other text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        expect(parseSecretToken(text)).toBeNull();
        expect(parseSecretToken(`plsd_${text}`)).toBeNull();
      }),
    );
  });
});
