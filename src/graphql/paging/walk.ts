import type { EntityKind, Versioned } from '../../domain/entity';
import type { OrganizationId } from '../../domain/id';
import type { ListKey, ListOrder, ListRow, Queries } from '../../views/queries';

/** One level of a list: rows of a kind, under their parent or under their other owner. */
export interface Level {
  readonly kind: EntityKind;
  readonly by: 'parent' | 'other';
}

/** A list that may lie several levels deep, such as the queues of every cluster. */
export interface Walk {
  readonly queries: Queries;
  readonly organizationId: OrganizationId;
  readonly levels: readonly Level[];
  readonly order: ListOrder;
  /** Rows read at a time. */
  readonly batch: number;
  readonly readable: (kind: EntityKind, entity: Versioned<EntityKind>) => boolean;
}

/** A row of the last level, and the keys that lead to it through every level. */
export interface Found {
  readonly path: readonly ListKey[];
  readonly entity: Versioned<EntityKind>;
}

/**
 * Every readable row under the owner in order, from after the path on (null: from the start). Reads
 * as it is asked for more; what lies under a row that cannot be read is not looked at.
 */
export function* walk(
  list: Walk,
  owner: string,
  after: readonly ListKey[] | null,
  depth = 0,
): Generator<Found, void> {
  const level = list.levels[depth];
  if (level === undefined) return;
  const last = depth === list.levels.length - 1;
  const [from = null, ...below] = after ?? [];
  if (!last && from !== null) {
    const parent = list.queries.get(list.organizationId, level.kind, from.id);
    if (parent !== undefined && list.readable(level.kind, parent)) {
      yield* under(list, { key: from, entity: parent }, below, depth);
    }
  }
  for (const row of rows(list, level, owner, from)) {
    if (!list.readable(level.kind, row.entity)) continue;
    if (last) yield { path: [row.key], entity: row.entity };
    else yield* under(list, row, null, depth);
  }
}

function* under(
  list: Walk,
  { key, entity }: ListRow<EntityKind>,
  after: readonly ListKey[] | null,
  depth: number,
): Generator<Found, void> {
  for (const found of walk(list, entity.id, after, depth + 1)) {
    yield { path: [key, ...found.path], entity: found.entity };
  }
}

function* rows(
  { queries, organizationId, order, batch }: Walk,
  { kind, by }: Level,
  owner: string,
  from: ListKey | null,
): Generator<ListRow<EntityKind>, void> {
  let after = from;
  for (;;) {
    const page = queries.list({ organizationId, kind, by, owner, order, after, limit: batch });
    yield* page;
    if (page.length < batch) return;
    after = page.at(-1)?.key ?? null;
  }
}
