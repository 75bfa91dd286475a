import { compactVerify, FlattenedSign, GeneralSign } from 'jose';
import { generateAgentKey } from '../../../src/agent/agent-key-pair';
import { readAssertion } from '../../../src/keys/assertion';
import {
  BAD_FORM,
  claimsOf,
  forge,
  headerOf,
  judge,
  segment,
  signSegments,
} from '../../support/keys/forge';

const pair = generateAgentKey();
const token = forge(pair);
const [header = '', payload = '', signature = ''] = token.split('.');
const standard = (text: string) => text.replaceAll('-', '+').replaceAll('_', '/');
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const oneBitMore = (text: string) =>
  text.slice(0, -1) + ALPHABET.charAt(ALPHABET.indexOf(text.slice(-1)) + 1);

/** Other spellings of the same bytes, which jose reads alike. */
const respelt: readonly [string, (text: string) => string][] = [
  ['padding', (text) => `${text}==`],
  ['a newline at the end', (text) => `${text}\n`],
  ['a newline inside', (text) => `${text.slice(0, 10)}\n${text.slice(10)}`],
  ['a space inside', (text) => `${text.slice(0, 10)} ${text.slice(10)}`],
];

describe.each(respelt)('a segment with %s', (_name, respell) => {
  it('is bad form in the signature', () => {
    expect(readAssertion(`${header}.${payload}.${respell(signature)}`)).toEqual(BAD_FORM);
  });

  it('is bad form in the header and in the payload, though signed like that', () => {
    expect(readAssertion(signSegments(pair, respell(header), payload))).toEqual(BAD_FORM);
    expect(readAssertion(signSegments(pair, header, respell(payload)))).toEqual(BAD_FORM);
  });

  it('is taken by jose', async () => {
    const key = { ...pair.publicKey.jwk, alg: 'EdDSA' };
    await expect(
      compactVerify(`${header}.${payload}.${respell(signature)}`, key),
    ).resolves.toBeDefined();
  });
});

describe('bad form', () => {
  // 64 bytes leave 4 unused bits in the last character; these payloads leave 4 and 2.
  it('unused bits that are set', async () => {
    expect(signature).toHaveLength(86);
    const changed = `${header}.${payload}.${oneBitMore(signature)}`;
    const key = { ...pair.publicKey.jwk, alg: 'EdDSA' };
    await expect(compactVerify(changed, key)).resolves.toBeDefined();
    expect(readAssertion(changed)).toEqual(BAD_FORM);
    const lengths = [0, 1, 2].map((extra) =>
      segment(claimsOf(pair, { queue: 'q'.repeat(1 + extra) })),
    );
    const odd = lengths.filter((text) => text.length % 4 !== 0);
    expect(odd).toHaveLength(2);
    for (const text of odd) {
      expect(readAssertion(signSegments(pair, header, oneBitMore(text)))).toEqual(BAD_FORM);
    }
  });

  it('the standard alphabet', () => {
    const bytes = Buffer.alloc(64, 0xfb);
    const text = standard(bytes.toString('base64url'));
    expect(text).toContain('+');
    expect(readAssertion(`${header}.${payload}.${text}`)).toEqual(BAD_FORM);
  });

  it.each([
    ['nothing', ''],
    ['two segments', `${header}.${payload}`],
    ['four segments', `${token}.AAAA`],
    ['five segments, as a JWE', `${token}.AAAA.AAAA`],
    ['an empty header', `.${payload}.${signature}`],
    ['an empty payload', `${header}..${signature}`],
    ['an empty signature', `${header}.${payload}.`],
    ['a segment of one character more', `${header}.${payload}.AAAAA`],
    ['white space before', ` ${token}`],
    ['a newline after', `${token}\n`],
    ['a scheme before', `Bearer ${token}`],
    ['a NUL', `${token}\0`],
    ['a look-alike of a letter', token.replace('e', 'е')],
    ['a code unit that ends in a letter’s byte', token.replace('e', '\u0165')],
    ['a header of 513 characters', `${'A'.repeat(513)}.${payload}.${signature}`],
    ['a payload of 3001 characters', `${header}.${'A'.repeat(3001)}.${signature}`],
    ['a signature of 701 characters', `${header}.${payload}.${'A'.repeat(701)}`],
    ['4097 characters', `${'A'.repeat(512)}.${'A'.repeat(3000)}.${'A'.repeat(583)}`],
    ['64 KiB', forge(pair, { payload: 'x'.repeat(65_536) })],
    ['1 MiB', forge(pair, { payload: 'x'.repeat(1_048_576) })],
    ['a payload of 5000 levels', forge(pair, { payload: '['.repeat(5000) })],
  ])('%s', (_name, text) => {
    expect(readAssertion(text)).toEqual(BAD_FORM);
  });

  it('the JSON serialisations, also with one good signature of two', async () => {
    const bytes = Buffer.from(JSON.stringify(claimsOf(pair)));
    const flattened = await new FlattenedSign(bytes)
      .setProtectedHeader(headerOf(pair))
      .sign(pair.privateKey);
    const general = await new GeneralSign(bytes)
      .addSignature(pair.privateKey)
      .setProtectedHeader(headerOf(pair))
      .addSignature(generateAgentKey().privateKey)
      .setProtectedHeader(headerOf(pair))
      .sign();
    expect(readAssertion(JSON.stringify(flattened))).toEqual(BAD_FORM);
    expect(readAssertion(JSON.stringify(general))).toEqual(BAD_FORM);
  });
});

it('a token within another is no assertion', async () => {
  expect(await judge(forge(pair, { payload: token }), [pair])).toMatchObject({ reason: 'json' });
});
