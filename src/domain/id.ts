/**
 * Identifiers: opaque, typed by a prefix, sortable by time (a UUIDv7 in Crockford base32).
 * An agent key is named by its RFC 7638 thumbprint instead.
 */

export const ID_PREFIXES = [
  'org',
  'usr',
  'tea',
  'tmb',
  'clu',
  'mai',
  'que',
  'pip',
  'gra',
  'agt',
  'tok',
  'led',
] as const;
export type IdPrefix = (typeof ID_PREFIXES)[number];
export type Id<P extends IdPrefix> = `${P}_${string}`;

export type OrganizationId = Id<'org'>;
export type UserId = Id<'usr'>;
export type TeamId = Id<'tea'>;
export type TeamMemberId = Id<'tmb'>;
export type ClusterId = Id<'clu'>;
export type ClusterMaintainerId = Id<'mai'>;
export type QueueId = Id<'que'>;
export type PipelineId = Id<'pip'>;
export type GrantId = Id<'gra'>;
export type AgentId = Id<'agt'>;
export type ApiTokenId = Id<'tok'>;
export type LedgerId = Id<'led'>;
export type AgentKeyId = `key_${string}`;

/** Who may hold a grant or a maintainer role: a member or a team. */
export type HolderId = UserId | TeamId;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const BODY = '[0-9a-hjkmnp-tv-z]{26}';

/** The pattern of an id with this prefix, for schemas. */
export function idPattern(prefix: IdPrefix): string {
  return `^${prefix}_${BODY}$`;
}

/** The pattern of an agent key's id: `key_` and a base64url SHA-256. */
export const AGENT_KEY_ID_PATTERN = '^key_[A-Za-z0-9_-]{43}$';

const PATTERNS = new Map<IdPrefix, RegExp>(
  ID_PREFIXES.map((prefix) => [prefix, new RegExp(idPattern(prefix), 'u')]),
);
const AGENT_KEY_ID = new RegExp(AGENT_KEY_ID_PATTERN, 'u');
const ANY_ID = new RegExp(`^(?:${ID_PREFIXES.join('|')})_${BODY}$`, 'u');

/** Formats the 16 bytes of a UUIDv7 as an id. Throws a RangeError on any other length. */
export function formatId<P extends IdPrefix>(prefix: P, uuid: Uint8Array): Id<P> {
  if (uuid.length !== 16) throw new RangeError('an id is made from the 16 bytes of a UUID');
  let text = '';
  let bits = 0;
  let buffer = 0;
  for (const byte of uuid) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET.charAt((buffer >>> bits) & 31);
    }
    buffer &= (1 << bits) - 1;
  }
  text += ALPHABET.charAt((buffer << (5 - bits)) & 31);
  return `${prefix}_${text}`;
}

/** True if the text is a well-formed id with this prefix. */
export function isId<P extends IdPrefix>(prefix: P, text: string): text is Id<P> {
  return PATTERNS.get(prefix)?.test(text) ?? false;
}

/** True if the text is a well-formed agent key id. */
export function isAgentKeyId(text: string): text is AgentKeyId {
  return AGENT_KEY_ID.test(text);
}

/** True if the text is a well-formed id of any kind, agent keys included. */
export function isAnyId(text: string): boolean {
  return ANY_ID.test(text) || AGENT_KEY_ID.test(text);
}

/** Makes a fresh id; passed to whoever decides, so that randomness stays at the edge. */
export type NewId = <P extends IdPrefix>(prefix: P) => Id<P>;
