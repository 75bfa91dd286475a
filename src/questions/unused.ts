import type { Fact, Facts } from '../access/facts';
import type { ClusterId, OrganizationId } from '../domain/id';
import type { ListRow, Queries } from '../views/queries';

/** A credential, and when the server last knew of a use of it; null if it never did. */
export interface Unused {
  readonly fact: Fact;
  readonly lastUsedAt: number | null;
}

type Asked = Pick<Queries, 'list' | 'lastSeen' | 'get'>;

/** So many agents are read at a time. */
const PAGE = 500;

/** Agent keys of the clusters by which no agent was heard of since then, and that are as old. */
export function unusedKeys(
  queries: Asked,
  facts: Facts,
  clusterIds: readonly string[],
  since: number,
): readonly Unused[] {
  const { organizationId } = facts;
  return clusterIds.flatMap((clusterId) => {
    const keys = facts.on(clusterId, 'keyCluster');
    const heard =
      keys.length === 0
        ? new Map<string, number>()
        : heardByKey(queries, organizationId, clusterId);
    return keys.flatMap((fact): Unused[] => {
      const lastUsedAt = heard.get(fact.subject) ?? null;
      const made = queries.get(organizationId, 'agentKey', fact.subject)?.createdAt ?? since;
      return Math.max(lastUsedAt ?? 0, made) < since ? [{ fact, lastUsedAt }] : [];
    });
  });
}

/** API tokens that were not used since then, and that are as old. */
export function unusedTokens(queries: Asked, facts: Facts, since: number): readonly Unused[] {
  const { organizationId } = facts;
  return facts.on(organizationId, 'member').flatMap((member) =>
    facts.on(member.subject, 'apiToken').flatMap((fact): Unused[] => {
      const lastUsedAt = queries.lastSeen(fact.subject);
      const made = queries.get(organizationId, 'apiToken', fact.subject)?.createdAt ?? since;
      return Math.max(lastUsedAt ?? 0, made) < since ? [{ fact, lastUsedAt }] : [];
    }),
  );
}

/** When an agent of each key was last heard of: its registration counts. */
function heardByKey(
  queries: Asked,
  organizationId: OrganizationId,
  clusterId: string,
): ReadonlyMap<string, number> {
  const heard = new Map<string, number>();
  const owner = clusterId as ClusterId;
  const list = { organizationId, kind: 'agent', by: 'parent', owner, order: 'CREATED' } as const;
  let after: ListRow<'agent'>['key'] | null = null;
  for (;;) {
    const rows: readonly ListRow<'agent'>[] = queries.list({ ...list, after, limit: PAGE });
    for (const { entity } of rows) {
      const last = Math.max(queries.lastSeen(entity.id) ?? 0, entity.registeredAt);
      heard.set(entity.keyId, Math.max(heard.get(entity.keyId) ?? 0, last));
    }
    if (rows.length < PAGE) return heard;
    after = rows.at(-1)?.key ?? null;
  }
}
