import type { EntityKind, Versioned } from '../../domain/entity';
import type { ListKey } from '../../views/queries';
import { mayRead, memberOf } from '../authorize';
import type { RequestContext } from '../context';
import { beginReading, meterOf } from '../reading';
import type { ListArgs } from './args';
import { toPage, type Page } from './connection';
import { badCursor, decodeCursor, encodeCursor, type CursorParts } from './cursor';
import { walk, type Found, type Level } from './walk';

/** Which entities a connection lists, and under what. */
export interface List<K extends EntityKind> {
  readonly kind: K;
  readonly owner: string;
  /** By which of its two owners an entity is listed; see `ListQuery`. */
  readonly by?: 'parent' | 'other';
  /** The kinds between the owner and the entities, outermost first. */
  readonly through?: readonly EntityKind[];
  readonly where?: (entity: Versioned<K>) => boolean;
}

/**
 * A page of what the member may read. Rows that are hidden or filtered out are read over, so that a
 * page is full unless the list ends; or unless the request has read over as many as it may, or read as
 * many facts: then the page is shorter, says that more may follow, and ends with a sealed cursor to go
 * on by. Throws QUERY_TOO_COMPLEX where too many facts were read before.
 */
export function listPage<K extends EntityKind>(
  context: RequestContext,
  { kind, owner, by = 'parent', through = [], where = () => true }: List<K>,
  { first, after, order }: Pick<ListArgs, 'first' | 'after' | 'order'>,
): Page<Versioned<K>> {
  beginReading(context);
  const levels: readonly Level[] = [
    ...through.map((outer) => ({ kind: outer, by: 'parent' as const })),
    { kind, by },
  ];
  const name = [...levels.map((level) => level.kind), order].join('/');
  const path =
    after == null ? null : toPath(decodeCursor(name, context.cursors.open(after)), levels.length);
  const list = {
    queries: context.queries,
    organizationId: memberOf(context).organizationId,
    levels,
    order,
    batch: first + 1,
    readable: (of: EntityKind, entity: Versioned<EntityKind>) => mayRead(context, of, entity),
  };
  const edges: { node: Versioned<K>; cursor: string }[] = [];
  const mustStop = context.rows.meter(() => meterOf(context).isSpent);
  const hasPreviousPage = path !== null;
  for (const found of walk(list, owner, path)) {
    // The last level is the one of this kind.
    const node = found.entity as unknown as Versioned<K> | null;
    if (node !== null && where(node)) {
      if (edges.length === first) return toPage(edges, { hasNextPage: true, hasPreviousPage });
      edges.push({ node, cursor: cursorOf(name, found) });
    } else if (mustStop()) {
      const endCursor = context.cursors.seal(cursorOf(name, found));
      return toPage(edges, { hasNextPage: true, hasPreviousPage, endCursor });
    }
  }
  return toPage(edges, { hasNextPage: false, hasPreviousPage });
}

function cursorOf(name: string, { path }: Found): string {
  return encodeCursor(
    name,
    path.flatMap(({ sort, id }) => [sort, id]),
  );
}

function toPath(parts: CursorParts, levels: number): readonly ListKey[] {
  const path: ListKey[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    const [sort, id] = [parts[at], parts[at + 1]];
    if (typeof sort !== 'string' || typeof id !== 'string') throw badCursor();
    path.push({ sort, id });
  }
  if (path.length === 0 || path.length > levels) throw badCursor();
  return path;
}
