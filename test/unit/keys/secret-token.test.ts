import { createHash, randomBytes } from 'node:crypto';
import {
  formatSecretToken,
  hashSecretToken,
  parseSecretToken,
  type SecretTokenKind,
} from '../../../src/keys/secret-token';

const kinds: readonly [SecretTokenKind, string][] = [
  ['API_TOKEN', 'plsd_'],
  ['AGENT_SESSION', 'agts_'],
  ['INSTALLATION', 'plsi_'],
];

describe('a secret token', () => {
  it.each(kinds)('of kind %s begins with %s and is read as such', (kind, prefix) => {
    const token = formatSecretToken(kind, randomBytes(32));
    expect(token).toMatch(new RegExp(`^${prefix}[0-9A-Za-z]{49}$`));
    expect(parseSecretToken(token)).toBe(kind);
  });

  it('has a format that never changes', () => {
    const zeros = formatSecretToken('API_TOKEN', Buffer.alloc(32));
    const ones = formatSecretToken('AGENT_SESSION', Buffer.alloc(32, 255));
    expect(zeros).toBe(`plsd_${'0'.repeat(43)}39ylyN`);
    expect(ones).toBe('agts_yhjskwdA6OZ1AL1YmHWZWm8LLG7HjnuCA2j5rOw8Xp124ywmf');
    expect(hashSecretToken(zeros)).toBe(createHash('sha256').update(zeros).digest('hex'));
  });

  it.each([0, 16, 31, 33, 64])('is not made from %d bytes', (length) => {
    expect(() => formatSecretToken('API_TOKEN', Buffer.alloc(length))).toThrow(RangeError);
  });

  const token = formatSecretToken('API_TOKEN', Buffer.alloc(32, 7));
  it.each([
    ['nothing', ''],
    ['a prefix alone', 'plsd_'],
    ['a cut token', token.slice(0, -1)],
    ['a longer token', `${token}0`],
    ['a newline after', `${token}\n`],
    ['a space before', ` ${token}`],
    ['another prefix', token.replace('plsd_', 'agts_')],
    ['an unknown prefix', token.replace('plsd_', 'ghp__')],
    ['an unknown prefix with a right checksum', `plsx_${'0'.repeat(43)}45CnYP`],
    ['an upper-case prefix', token.replace('plsd_', 'PLSD_')],
    ['lower case throughout', token.toLowerCase()],
    ['its own hash', hashSecretToken(token)],
    ['the header around it', `Bearer ${token}`],
    ['a million characters', `plsd_${'0'.repeat(1_000_000)}`],
    ['full-width digits', token.replace('0', '０').padEnd(54, '０')],
  ])('%s is none', (_name, text) => {
    expect(text).not.toBe(token);
    expect(parseSecretToken(text)).toBeNull();
  });

  it('is stored as a hash that leads back to no token', () => {
    const hash = hashSecretToken(token);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(hash).not.toContain(token.slice(5, 20));
    expect(hashSecretToken(token.replace('plsd_', 'agts_'))).not.toBe(hash);
  });
});
