import type { Statement } from 'better-sqlite3';
import type { Relation } from '../../access/facts';
import { CLUSTER_LEVELS } from '../../domain/cluster/events';
import type { EntityKind } from '../../domain/entity';
import { PIPELINE_LEVELS } from '../../domain/pipeline/events';
import { TEAM_ROLES } from '../../domain/team/events';
import { limitTo, type Connection } from '../../ledger/sqlite/connection';
import { OPEN, RELATION_CODES } from '../codes';

type Association = EntityKind & Relation;

/** The kinds that state just one fact, of the relation with their name, and the levels it has. */
const LEVELS: Readonly<Partial<Record<Association, readonly (string | null)[]>>> = {
  teamMember: TEAM_ROLES,
  clusterMaintainer: [null],
  clusterGrant: CLUSTER_LEVELS,
  queueGrant: [null],
  pipelineGrant: PIPELINE_LEVELS,
};

/** Which associations are asked for: how many of a kind, on which side, after which. */
export interface AssociationQuery {
  readonly kind: Association;
  /** parent: those on the object; other: those of the subject. */
  readonly by: 'parent' | 'other';
  readonly owner: number;
  readonly after: number;
  readonly limit: number;
}

/** True if entities of the kind are listed by the facts that they state. */
export function isAssociation(kind: EntityKind): kind is Association {
  return kind in LEVELS;
}

/** Lists associations by their facts: an index of their own would cost each of them two pages. */
export class AssociationRows {
  readonly #onObject: Statement<
    [object: number, relation: number, level: string | null, after: number, limit: number],
    number
  >;
  readonly #ofSubject: Statement<[subject: number, relation: number], number>;

  constructor(db: Connection) {
    this.#onObject = db
      .prepare<[number, number, string | null, number, number], number>(
        `SELECT source FROM facts
          WHERE object = ? AND relation = ? AND to_position = ${OPEN} AND level IS ? AND source > ?
          ORDER BY source ${limitTo('?')}`,
      )
      .pluck();
    this.#ofSubject = db
      .prepare<[number, number], number>(
        `SELECT source FROM facts WHERE subject = ? AND relation = ? AND to_position = ${OPEN}`,
      )
      .pluck();
  }

  /** The numbers of the associations, the oldest first. */
  page({ kind, by, owner, after, limit }: AssociationQuery): readonly number[] {
    const relation = RELATION_CODES[kind];
    const found =
      by === 'other'
        ? this.#ofSubject.all(owner, relation).filter((source) => source > after)
        : (LEVELS[kind] ?? []).flatMap((level) =>
            this.#onObject.all(owner, relation, level, after, limit),
          );
    return found.sort((a, b) => a - b).slice(0, limit);
  }
}
