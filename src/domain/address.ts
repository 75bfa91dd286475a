import { BlockList, isIP, SocketAddress } from 'node:net';
import { addressRangeFault } from './address-range';

const MAPPED = '::ffff:';

/**
 * An address in its one canonical form, or null for anything else, zones and ports included. IPv4
 * mapped into IPv6 becomes IPv4 again; no other embedding does.
 */
export function canonicalAddress(text: string): string | null {
  const version = isIP(text);
  // An IPv4 address has one form only: four numbers without leading zeros.
  if (version === 4) return text;
  if (version === 0 || text.includes('%')) return null;
  const { address } = new SocketAddress({ address: text, family: 'ipv6' });
  const mapped = address.startsWith(MAPPED) ? address.slice(MAPPED.length) : '';
  return isIP(mapped) === 4 ? mapped : address;
}

/** A set of address ranges. Throws a RangeError on a range that `addressRangeFault` faults. */
export class AddressRanges {
  // Apart, because one list would let IPv4 rules match addresses that are mapped into IPv6.
  readonly #ipv4 = new BlockList();
  readonly #ipv6 = new BlockList();
  readonly #isEmpty: boolean;

  constructor(ranges: readonly string[]) {
    this.#isEmpty = ranges.length === 0;
    for (const range of ranges) {
      const fault = addressRangeFault(range);
      if (fault !== null) throw new RangeError(`an address range ${fault}`);
      const [address = '', bits] = range.split('/');
      if (isIP(address) === 4) this.#ipv4.addSubnet(address, Number(bits), 'ipv4');
      else this.#ipv6.addSubnet(address, Number(bits), 'ipv6');
    }
  }

  /** True if a canonical address lies in one of the ranges. */
  contains(address: string): boolean {
    if (this.#isEmpty) return false;
    return isIP(address) === 4
      ? this.#ipv4.check(address, 'ipv4')
      : this.#ipv6.check(address, 'ipv6');
  }
}
