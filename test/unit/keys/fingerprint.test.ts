import { fingerprint } from '../../../src/keys/fingerprint';

describe('fingerprint', () => {
  it('is the whole digest in 13 groups of 4', () => {
    // SHA-256 of the empty text, and its base32 as coreutils print it.
    const digest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    expect(fingerprint(Buffer.from(digest, 'hex').toString('base64url'))).toBe(
      '4OYM-IQUY-7QOB-JGX3-6TEJ-S35Z-EQT2-4QPE-MSNZ-GTFE-SWMR-W6CS-XBKQ',
    );
  });

  it('keeps leading zeros', () => {
    expect(fingerprint(Buffer.alloc(32).toString('base64url'))).toBe(
      Array(13).fill('AAAA').join('-'),
    );
  });

  it('throws on anything but a thumbprint', () => {
    for (const text of [
      '',
      'A'.repeat(42),
      `${'A'.repeat(43)}=`,
      'A'.repeat(44),
      `${'A'.repeat(42)}B`,
    ]) {
      expect(() => fingerprint(text)).toThrow(RangeError);
    }
  });
});
