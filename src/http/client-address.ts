import { canonicalAddress, type AddressRanges } from '../domain/address';

/** A longer chain of proxies than any honest one. */
const HOPS_MAX = 20;

/**
 * The client's address in canonical form, or null if it cannot be known. X-Forwarded-For counts
 * only as far as trusted proxies wrote it: it is read from its end, and the first address that is
 * no trusted proxy is the client. Whatever stands before that, the client may have made up.
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  proxies: AddressRanges,
): string | null {
  const direct = canonicalAddress(peer ?? '');
  if (direct === null || !proxies.contains(direct)) return direct;
  const hops = (forwardedFor ?? '').split(',');
  if (hops.length > HOPS_MAX) return null;
  for (const hop of hops.reverse()) {
    const address = canonicalAddress(hop.trim());
    if (address === null || !proxies.contains(address)) return address;
  }
  return null;
}
