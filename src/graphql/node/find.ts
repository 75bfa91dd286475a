import { findVisible } from '../../access/visibility';
import type { EntityKind, Versioned } from '../../domain/entity';
import { factsNow, principalOf } from '../authorize';
import type { RequestContext } from '../context';
import { beginReading } from '../reading';

/**
 * The entity as it stands, or null: unknown, of another organization, ended, and hidden look alike.
 * Throws QUERY_TOO_COMPLEX where the request has read too many facts before.
 */
export function find<K extends EntityKind>(
  context: RequestContext,
  kind: K,
  id: string | null,
): Versioned<K> | null {
  beginReading(context);
  return lookUp(context, kind, id);
}

/** The same for what was done just now: it is answered whatever the request read before. */
export function lookUp<K extends EntityKind>(
  context: RequestContext,
  kind: K,
  id: string | null,
): Versioned<K> | null {
  const { principal, queries } = context;
  if (principal.kind !== 'MEMBER' || id === null) return null;
  const found = findVisible(factsNow(context), principalOf(principal), { kind, id }, () =>
    queries.get(principal.organizationId, kind, id),
  );
  return found ?? null;
}

const KINDS: Readonly<Record<string, readonly EntityKind[]>> = {
  org: ['organization'],
  usr: ['member'],
  tea: ['team'],
  tmb: ['teamMember'],
  clu: ['cluster'],
  mai: ['clusterMaintainer'],
  que: ['queue'],
  pip: ['pipeline'],
  gra: ['clusterGrant', 'queueGrant', 'pipelineGrant'],
  key: ['agentKey'],
  agt: ['agent'],
  tok: ['apiToken'],
};

/** The entity of whatever kind the id's prefix says, found like `find`. */
export function findAny(context: RequestContext, id: string): Versioned<EntityKind> | null {
  for (const kind of KINDS[id.slice(0, 3)] ?? []) {
    const found = find(context, kind, id);
    if (found !== null) return found;
  }
  return null;
}
