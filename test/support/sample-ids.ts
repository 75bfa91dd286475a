import { formatId, type AgentKeyId, type Id, type IdPrefix } from '../../src/domain/id';

/** A well-formed id for examples: the same for the same prefix and number. */
export function sampleId<P extends IdPrefix>(prefix: P, number = 1): Id<P> {
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setUint32(12, number);
  return formatId(prefix, bytes);
}

/** A well-formed agent key id that is no key's thumbprint. */
export function sampleKeyId(number = 1): AgentKeyId {
  return `key_${String(number).padStart(43, '0')}`;
}
