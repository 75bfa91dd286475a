import { generateKeyPairSync } from 'node:crypto';
import { admitKey } from '../../../src/keys/admission';
import { admitKeyText } from '../../../src/keys/admission-text';

const refused = (code: string) =>
  expect.objectContaining({ ok: false, code, leakedThumbprint: null }) as object;

const { publicKey } = generateKeyPairSync('ed25519');
const jwk = publicKey.export({ format: 'jwk' });
const json = JSON.stringify(jwk);

describe('admitKeyText', () => {
  it('admits what admitKey admits, with white space around it', () => {
    const admission = admitKey(jwk);
    expect(admission.ok).toBe(true);
    for (const text of [json, ` ${json}\r\n`, JSON.stringify(jwk, null, 2)]) {
      expect(admitKeyText(text)).toEqual(admission);
    }
  });

  it.each([
    ['a PEM public key', publicKey.export({ format: 'pem', type: 'spki' }).toString()],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'],
    ['an OpenSSH public key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ agent@host'],
    ['an OpenSSH ECDSA key', 'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY='],
    ['an array', `[${json}]`],
    ['a string', JSON.stringify('key')],
    ['null', 'null'],
  ])('says that %s is no JWK', (_name, text) => {
    expect(admitKeyText(text)).toEqual(refused('NOT_A_JWK'));
  });

  it.each([
    ['nothing', ''],
    ['words', 'my key'],
    ['a byte order mark', `\ufeff${json}`],
    ['a second object', json + json],
    ['a name twice', json.replace('}', ',"x":"AAAA"}')],
    ['a name twice, escaped', json.replace('}', ',"\\u0078":"AAAA"}')],
    ['a cut object', json.slice(0, -1)],
    ['too much text', json.replace('}', `,"kid":"${'A'.repeat(4096)}"}`)],
    ['sixteen thousand levels', '['.repeat(16_000)],
    ['far too much text', '['.repeat(1_000_000)],
    ['deep nesting', json.replace('}', `,"a":${'['.repeat(9)}${']'.repeat(9)}}`)],
  ])('refuses %s as malformed', (_name, text) => {
    expect(admitKeyText(text)).toEqual(refused('MALFORMED_JSON'));
  });

  it('refuses __proto__ as the unknown member that it is', () => {
    expect(admitKeyText(json.replace('}', ',"__proto__":{}}'))).toEqual(refused('UNKNOWN_MEMBER'));
  });

  it('answers with nothing of the text', () => {
    const marker = 'bWFya2VyLW9mLXRoZS1zdWJtaXNzaW9u';
    for (const text of [marker, `{"${marker}":1}`, json.replace('}', `,"kid":"${marker}"}`)]) {
      expect(JSON.stringify(admitKeyText(text))).not.toContain(marker);
    }
  });
});
