/** Address ranges in CIDR notation, which tokens and keys may be limited to. */

export const ADDRESS_RANGES_MAX = 64;

const RANGE = /^([0-9a-f:.]{2,45})\/(0|[1-9][0-9]{0,2})$/iu;
const BYTE = /^(?:0|[1-9][0-9]{0,2})$/u;
const GROUP = /^[0-9a-f]{1,4}$/iu;
/** ::ffff:0:0/96, where IPv4 addresses hide in IPv6 notation (RFC 4291, section 2.5.5.2). */
const MAPPED = 0xffffn;

/**
 * The fault of an address range, or null: an address in full (RFC 4632, RFC 4291), a prefix of at
 * least one bit, no bits beyond it, and IPv4 never spelled as IPv6. Libraries read `010.0.0.1/8` or
 * `10/8` each in their own way, so such spellings are refused.
 */
export function addressRangeFault(text: string): string | null {
  const [, address = '', prefix = ''] = RANGE.exec(text) ?? [];
  const isIPv6 = address.includes(':');
  const value = isIPv6 ? readIPv6(address) : readIPv4(address);
  if (value === null) return 'must be an address range in CIDR notation';
  const length = isIPv6 ? 128 : 32;
  const bits = Number(prefix);
  if (bits > length) return `must have a prefix of at most ${String(length)} bits`;
  if (bits === 0) return 'must not be every address there is';
  if (isIPv6 && value >> 32n === MAPPED) return 'must give IPv4 ranges in IPv4 notation';
  const beyond = (1n << BigInt(length - bits)) - 1n;
  return (value & beyond) === 0n ? null : 'must have no bits set beyond its prefix';
}

function readIPv4(text: string): bigint | null {
  const bytes = text.split('.');
  if (bytes.length !== 4) return null;
  if (bytes.some((byte) => !BYTE.test(byte) || Number(byte) > 255)) return null;
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function readIPv6(text: string): bigint | null {
  const halves = text.split('::');
  // Only the end of an address may be written as IPv4.
  const [head, tail] = halves.map((half, index) => readGroups(half, index === halves.length - 1));
  if (head === undefined || head === null || tail === null || halves.length > 2) return null;
  const missing = 8 - head.length - (tail?.length ?? 0);
  // "::" stands for at least one group of zeros.
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const zeros = Array.from({ length: missing }, () => 0n);
  return [...head, ...zeros, ...(tail ?? [])].reduce((value, group) => (value << 16n) | group, 0n);
}

function readGroups(text: string, isEnd: boolean): readonly bigint[] | null {
  if (text === '') return [];
  const parts = text.split(':');
  const last = parts.at(-1) ?? '';
  const embedded = isEnd && last.includes('.') ? readIPv4(last) : undefined;
  if (embedded === null) return null;
  const groups = embedded === undefined ? parts : parts.slice(0, -1);
  if (groups.some((group) => !GROUP.test(group))) return null;
  const values = groups.map((group) => BigInt(`0x${group}`));
  return embedded === undefined ? values : [...values, embedded >> 16n, embedded & 0xffffn];
}
