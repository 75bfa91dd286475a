import { formatId, ID_PREFIXES, isAgentKeyId, isAnyId, isId } from '../../../src/domain/id';

const ZERO = new Uint8Array(16);
const ONES = new Uint8Array(16).fill(0xff);

test('an id is a prefix and 26 characters of Crockford base32', () => {
  expect(formatId('clu', ZERO)).toBe('clu_00000000000000000000000000');
  expect(formatId('clu', ONES)).toBe('clu_zzzzzzzzzzzzzzzzzzzzzzzzzw');
  expect(formatId('gra', Buffer.from('0198f3a2b7c47d2e9a15c3d4e5f60718', 'hex'))).toBe(
    'gra_06cf78nqrhyjx6gnrfaebxg730',
  );
});

test('ids sort as their bytes do', () => {
  const bytes = [
    ZERO,
    Uint8Array.of(0, 1, ...ZERO.slice(2)),
    Uint8Array.of(1, ...ZERO.slice(1)),
    ONES,
  ];
  const ids = bytes.map((uuid) => formatId('usr', uuid));
  expect([...ids].sort()).toEqual(ids);
});

test('only 16 bytes make an id', () => {
  expect(() => formatId('org', new Uint8Array(15))).toThrow(RangeError);
  expect(() => formatId('org', new Uint8Array(17))).toThrow(RangeError);
});

test.each(ID_PREFIXES)('an id of %s is of its own kind alone', (prefix) => {
  const id = formatId(prefix, ONES);
  expect(ID_PREFIXES.filter((other) => isId(other, id))).toEqual([prefix]);
  expect(isAnyId(id)).toBe(true);
  expect(isAgentKeyId(id)).toBe(false);
});

test.each([
  '',
  'org_',
  'org_0000000000000000000000000',
  'org_000000000000000000000000000',
  'ORG_00000000000000000000000000',
  'org_0000000000000000000000000Z',
  'org_0000000000000000000000000i',
  'org_0000000000000000000000000l',
  'org_0000000000000000000000000o',
  'org_0000000000000000000000000u',
  'org_00000000000000000000000000\n',
  ' org_00000000000000000000000000',
  'org-00000000000000000000000000',
  'xxx_00000000000000000000000000',
  "org_' OR 1=1 --00000000000000000",
])('%j is no id', (text) => {
  expect(isId('org', text)).toBe(false);
  expect(isAnyId(text)).toBe(false);
});

test('an agent key is named by 43 characters of base64url', () => {
  const thumbprint = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k';
  expect(isAgentKeyId(`key_${thumbprint}`)).toBe(true);
  expect(isAnyId(`key_${thumbprint}`)).toBe(true);
  expect(isAgentKeyId(`key_${thumbprint}=`)).toBe(false);
  expect(isAgentKeyId(`key_${thumbprint.slice(1)}`)).toBe(false);
  expect(isAgentKeyId(thumbprint)).toBe(false);
});
