import { isIPv6 } from 'node:net';

/**
 * What counts as one source of attempts: a canonical address, or null if it is unknown. One customer
 * of a network has a whole /64 of IPv6 addresses, so all of them count as one.
 */
export function sourceOf(address: string | null): string {
  if (address === null) return 'unknown';
  return isIPv6(address) ? networkOf(address) : address;
}

function networkOf(address: string): string {
  const [head = '', tail = ''] = address.split('::');
  const before = head.split(':').filter(Boolean);
  const after = tail.split(':').filter(Boolean);
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}
