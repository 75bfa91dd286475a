import { randomBytes } from 'node:crypto';
import { formatId, isAgentKeyId, isAnyId, type IdPrefix } from '../../../../src/domain/id';

/** A well-formed id of the same kind that nothing has. */
export function unknownId(id: string): string {
  if (isAgentKeyId(id)) return `key_${randomBytes(32).toString('base64url')}`;
  return formatId(id.slice(0, id.indexOf('_')) as IdPrefix, randomBytes(16));
}

/** The value with every id in it replaced by an unknown one. */
export function withUnknownIds(value: unknown): unknown {
  if (typeof value === 'string') return isAnyId(value) ? unknownId(value) : value;
  if (Array.isArray(value)) return value.map(withUnknownIds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withUnknownIds(member)]),
  );
}
