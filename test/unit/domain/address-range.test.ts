import { addressRangeFault } from '../../../src/domain/address-range';

test.each([
  '10.0.0.0/8',
  '192.168.1.7/32',
  '0.0.0.0/1',
  '255.255.255.255/32',
  '2001:db8::/32',
  '::1/128',
  '::/1',
  '2001:DB8:0:0:1::/80',
  '1:2:3:4:5:6:7:8/128',
  '1::/16',
  '64:ff9b::10.1.2.3/128',
])('%s is a range', (text) => {
  expect(addressRangeFault(text)).toBeNull();
});

test.each([
  ['', 'must be an address range in CIDR notation'],
  ['10.0.0.0', 'must be an address range in CIDR notation'],
  ['10/8', 'must be an address range in CIDR notation'],
  ['10.1/16', 'must be an address range in CIDR notation'],
  ['010.0.0.0/8', 'must be an address range in CIDR notation'],
  ['0x0a000000/8', 'must be an address range in CIDR notation'],
  ['167772160/8', 'must be an address range in CIDR notation'],
  ['10.0.0.256/32', 'must be an address range in CIDR notation'],
  ['10.0.0.0.0/8', 'must be an address range in CIDR notation'],
  ['１０.0.0.0/8', 'must be an address range in CIDR notation'],
  ['10.0.0.0/08', 'must be an address range in CIDR notation'],
  ['10.0.0.0/-1', 'must be an address range in CIDR notation'],
  ['10.0.0.0/8.0', 'must be an address range in CIDR notation'],
  ['10.0.0.0/8/8', 'must be an address range in CIDR notation'],
  [' 10.0.0.0/8', 'must be an address range in CIDR notation'],
  ['10.0.0.0/8\n', 'must be an address range in CIDR notation'],
  ['fe80::1%eth0/128', 'must be an address range in CIDR notation'],
  ['[2001:db8::]/32', 'must be an address range in CIDR notation'],
  [':::/16', 'must be an address range in CIDR notation'],
  ['1::2::3/128', 'must be an address range in CIDR notation'],
  ['1:2:3:4:5:6:7/128', 'must be an address range in CIDR notation'],
  ['1:2:3:4:5:6:7:8:9/128', 'must be an address range in CIDR notation'],
  ['1:2:3:4::5:6:7:8/128', 'must be an address range in CIDR notation'],
  ['12345::/16', 'must be an address range in CIDR notation'],
  [':1::/16', 'must be an address range in CIDR notation'],
  ['1.2.3.4::/16', 'must be an address range in CIDR notation'],
  ['10.0.0.0/33', 'must have a prefix of at most 32 bits'],
  ['2001:db8::/129', 'must have a prefix of at most 128 bits'],
  ['0.0.0.0/0', 'must not be every address there is'],
  ['::/0', 'must not be every address there is'],
  ['10.0.0.1/8', 'must have no bits set beyond its prefix'],
  ['2001:db8::1/64', 'must have no bits set beyond its prefix'],
  ['::ffff:10.0.0.0/104', 'must give IPv4 ranges in IPv4 notation'],
  ['::ffff:a00:0/104', 'must give IPv4 ranges in IPv4 notation'],
])('%j %s', (text, fault) => {
  expect(addressRangeFault(text)).toBe(fault);
});
