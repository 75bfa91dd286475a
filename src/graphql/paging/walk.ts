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
  /** Rows read at first; more at a time as it is asked for more. */
  readonly batch: number;
  readonly readable: (kind: EntityKind, entity: Versioned<EntityKind>) => boolean;
}

/**
 * Where the walk is by the keys that lead there, and what may be read there: a row of the last
 * level, or null for a hidden one and for a row of a level before, whose path is shorter.
 */
export interface Found {
  readonly path: readonly ListKey[];
  readonly entity: Versioned<EntityKind> | null;
}

const BATCH_MAX = 200;

/**
 * Every row under the owner in order, from after the path on (null: from the start; a path that ends
 * at a level before the last: from the start of what lies under that row). Reads as it is asked for
 * more; what lies under a row that cannot be read is not looked at.
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
    const readable = list.readable(level.kind, row.entity);
    yield { path: [row.key], entity: last && readable ? row.entity : null };
    if (!last && readable) yield* under(list, row, null, depth);
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
  for (let limit = batch; ; limit = Math.max(batch, Math.min(2 * limit, BATCH_MAX))) {
    const page = queries.list({ organizationId, kind, by, owner, order, after, limit });
    yield* page;
    if (page.length < limit) return;
    after = page.at(-1)?.key ?? null;
  }
}
