import { decodeBase64url } from './base64url';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The whole SHA-256 behind a thumbprint in base32 (RFC 4648), as 13 groups of 4, for two people to
 * compare aloud. Never shortened: a prefix can be met by trying keys. Throws a RangeError if the
 * text is no thumbprint.
 */
export function fingerprint(thumbprint: string): string {
  const digest = decodeBase64url(thumbprint);
  if (digest?.length !== 32) throw new RangeError('a thumbprint is a SHA-256 in base64url');
  let value = BigInt(`0x${digest.toString('hex')}`) << 4n;
  let text = '';
  for (let place = 0; place < 52; place += 1) {
    if (place > 0 && place % 4 === 0) text = `-${text}`;
    text = ALPHABET.charAt(Number(value & 31n)) + text;
    value >>= 5n;
  }
  return text;
}
