import { AddressRanges, canonicalAddress } from '../../../src/domain/address';
import { clientAddress } from '../../../src/http/client-address';

const none = new AddressRanges([]);
const proxies = new AddressRanges(['10.0.0.0/8', 'fd00::/8']);

describe('canonicalAddress', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:0201', '192.0.2.1'],
    ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['::192.0.2.1', '::192.0.2.1'],
    ['64:ff9b::192.0.2.1', '64:ff9b::c000:201'],
  ])('writes %s as %s', (text, canonical) => {
    expect(canonicalAddress(text)).toBe(canonical);
  });

  it.each(['', 'localhost', '192.0.2.1:80', '[::1]', 'fe80::1%eth0', '010.0.0.1', '"192.0.2.1"'])(
    'knows no address in %j',
    (text) => {
      expect(canonicalAddress(text)).toBeNull();
    },
  );
});

describe('clientAddress without trusted proxies', () => {
  it('is the peer, whatever the client says of itself', () => {
    expect(clientAddress('192.0.2.1', undefined, none)).toBe('192.0.2.1');
    expect(clientAddress('192.0.2.1', '198.51.100.7', none)).toBe('192.0.2.1');
    expect(clientAddress('::ffff:192.0.2.1', '198.51.100.7', none)).toBe('192.0.2.1');
  });

  it('is unknown without a peer', () => {
    expect(clientAddress(undefined, '198.51.100.7', none)).toBeNull();
  });
});

describe('clientAddress behind trusted proxies', () => {
  it.each<[string, string, string | undefined, string | null]>([
    ['one hop', '10.0.0.1', '198.51.100.7', '198.51.100.7'],
    ['several proxies', '10.0.0.1', '198.51.100.7, 10.0.0.2,fd00::3', '198.51.100.7'],
    ['a made-up beginning', '10.0.0.1', '203.0.113.9, 198.51.100.7, 10.0.0.2', '198.51.100.7'],
    ['a mapped peer', '::ffff:10.0.0.1', '198.51.100.7', '198.51.100.7'],
    ['a mapped client', '10.0.0.1', '::ffff:198.51.100.7', '198.51.100.7'],
    ['a peer that is no proxy', '198.51.100.1', '10.0.0.9', '198.51.100.1'],
    ['no header', '10.0.0.1', undefined, null],
    ['an empty header', '10.0.0.1', '', null],
    ['only proxies', '10.0.0.1', '10.0.0.2, 10.0.0.3', null],
    ['an entry with a port', '10.0.0.1', '198.51.100.7:4711', null],
    ['an entry in quotes', '10.0.0.1', '"198.51.100.7"', null],
    ['an empty entry at the end', '10.0.0.1', '198.51.100.7,', null],
    ['a chain that is too long', '10.0.0.1', Array(21).fill('198.51.100.7').join(','), null],
  ])('%s', (_name, peer, header, expected) => {
    expect(clientAddress(peer, header, proxies)).toBe(expected);
  });
});

describe('AddressRanges', () => {
  it('keeps the two families apart', () => {
    const ranges = new AddressRanges(['192.0.2.0/24', '2001:db8::/32']);
    expect(ranges.contains('192.0.2.255')).toBe(true);
    expect(ranges.contains('192.0.3.0')).toBe(false);
    expect(ranges.contains('2001:db8:ffff::1')).toBe(true);
    expect(ranges.contains('::192.0.2.1')).toBe(false);
  });

  it('throws on a range that is none', () => {
    expect(() => new AddressRanges(['192.0.2.1/24'])).toThrow(RangeError);
  });
});
