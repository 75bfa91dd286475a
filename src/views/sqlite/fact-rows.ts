import type { Statement } from 'better-sqlite3';
import type { Fact, FactDetail, Holding, Moment, Relation } from '../../access/facts';
import type { Connection } from '../../ledger/sqlite/connection';
import type { OrganizationNumber } from '../../ledger/types';
import { RELATION_CODES, RELATIONS_BY_CODE } from '../codes';
import { byLevel, byObject, byRelation, byTeam } from '../fact-order';
import * as sql from './fact-sql';
import type { Interned } from './interned';
import type { FactRow as Row } from './open-facts';

type NoRow = readonly [null, null, null, null, null, null, null, null];
type HeldRow = readonly [...fact: Row, ...membership: Row | NoRow];

/** What every statement is bound to; each takes from it what it names. */
interface Bound {
  subject: number;
  relation: number;
  object: number;
  level: string;
  position: number;
  instant: number;
  limit: number;
}

/** An earlier and a later moment, of one organization. */
interface Span {
  organization: number;
  earlier: number;
  since: number;
  position: number;
  instant: number;
}

type FactStatement<R> = Statement<[Bound], R>;

interface InTime<R> {
  readonly now: FactStatement<R>;
  readonly past: FactStatement<R>;
}

/** Whose facts are meant, and when; `present` tells that nothing later is projected. */
export interface FactScope {
  readonly organization: OrganizationNumber;
  readonly moment: Moment;
  readonly present: boolean;
}

/** Reads facts of one views file: those that hold at a moment, or all that are open. */
export class FactRows {
  readonly #interned: Interned;
  readonly #of: InTime<Row>;
  readonly #on: InTime<Row>;
  readonly #onAtLevel: InTime<Row>;
  readonly #between: InTime<Row>;
  readonly #held: InTime<HeldRow>;
  readonly #openOf: FactStatement<Row>;
  readonly #openBetween: FactStatement<Row>;
  readonly #openNaming: FactStatement<Row>;
  readonly #expired: Statement<[Span], Row>;
  // One object for all calls: making one for each costs as much as finding a row.
  readonly #bound: Bound = {
    subject: 0,
    relation: 0,
    object: 0,
    level: '',
    position: 0,
    instant: 0,
    limit: 0,
  };

  constructor(db: Connection, interned: Interned) {
    const prepare = <R>(text: string): FactStatement<R> => db.prepare<[Bound], R>(text).raw();
    const inTime = <R>({ now, past }: sql.FactSql): InTime<R> => ({
      now: prepare(now),
      past: prepare(past),
    });
    this.#interned = interned;
    this.#of = inTime(sql.OF);
    this.#on = inTime(sql.ON);
    this.#onAtLevel = inTime(sql.ON_AT_LEVEL);
    this.#between = inTime(sql.BETWEEN);
    this.#held = inTime(sql.HELD);
    this.#openOf = prepare(sql.OPEN_OF);
    this.#openBetween = prepare(sql.OPEN_BETWEEN);
    this.#openNaming = prepare(sql.OPEN_NAMING);
    this.#expired = db.prepare<[Span], Row>(sql.EXPIRED).raw();
  }

  of(scope: FactScope, subject: string, relation: Relation): readonly Fact[] {
    if (!this.#bind(scope.organization, subject, relation, null)) return [];
    return this.#facts(this.#select(this.#of, scope)).sort(byObject);
  }

  on(scope: FactScope, object: string, relation: Relation, level?: string): readonly Fact[] {
    if (!this.#bind(scope.organization, null, relation, object)) return [];
    this.#bound.level = level ?? '';
    const rows = this.#select(level === undefined ? this.#on : this.#onAtLevel, scope);
    return this.#facts(rows).sort(byLevel);
  }

  between(scope: FactScope, subject: string, relation: Relation, object: string): readonly Fact[] {
    if (!this.#bind(scope.organization, subject, relation, object)) return [];
    return this.#facts(this.#select(this.#between, scope)).sort(byObject);
  }

  held(scope: FactScope, user: string, relation: Relation, object: string): readonly Holding[] {
    if (!this.#bind(scope.organization, user, relation, object)) return [];
    return this.#select(this.#held, scope)
      .map((row) => ({
        fact: this.fact(row.slice(0, 8) as unknown as Row),
        membership: row[8] === null ? null : this.fact(row.slice(8) as unknown as Row),
      }))
      .sort(byTeam);
  }

  /** Up to `limit` open facts of the subject, expired ones included, in no order. */
  openOf(subject: number, relation: Relation, limit: number): readonly Row[] {
    this.#bound.subject = subject;
    this.#bound.relation = RELATION_CODES[relation];
    this.#bound.limit = limit;
    return this.#openOf.all(this.#bound);
  }

  /** Open facts between the two, expired ones included. */
  openBetween(
    organization: OrganizationNumber,
    subject: string,
    relation: Relation,
    object: string,
  ): readonly Fact[] {
    if (!this.#bind(organization, subject, relation, object)) return [];
    return this.#facts(this.#openBetween.all(this.#bound)).sort(byObject);
  }

  /** Open facts that name the id as subject or object, expired ones included. */
  openNaming(organization: number, id: string): readonly Fact[] {
    if (!this.#bind(organization, id, 'member', id)) return [];
    return this.#facts(this.#openNaming.all(this.#bound)).sort(byRelation);
  }

  /** Facts that held at the first moment, and at the second had expired and not been closed. */
  expired(organization: number, from: Moment, to: Moment): readonly Fact[] {
    const { position, instant } = to;
    const span = { organization, earlier: from.position, since: from.instant, position, instant };
    return this.#facts(this.#expired.all(span));
  }

  /** False if the organization's events never named one of the ids: then no fact does. */
  #bind(
    organization: number,
    subject: string | null,
    relation: Relation,
    object: string | null,
  ): boolean {
    const from = subject === null ? 0 : this.#interned.number(organization, subject);
    const to = object === null ? 0 : this.#interned.number(organization, object);
    if (from === undefined || to === undefined) return false;
    this.#bound.subject = from;
    this.#bound.relation = RELATION_CODES[relation];
    this.#bound.object = to;
    return true;
  }

  #select<R>({ now, past }: InTime<R>, { moment, present }: FactScope): R[] {
    this.#bound.position = moment.position;
    this.#bound.instant = moment.instant;
    return present ? now.all(this.#bound) : past.all(this.#bound);
  }

  #facts(rows: readonly Row[]): Fact[] {
    return rows.map((row) => this.fact(row));
  }

  /** The fact that a row says. */
  protected fact([subject, relation, object, source, from, expiresAt, level, detail]: Row): Fact {
    const name = RELATIONS_BY_CODE.get(relation);
    if (name === undefined) throw new RangeError(`no relation has the code ${relation}`);
    const subjectId = this.#interned.text(subject);
    return {
      relation: name,
      subject: subjectId,
      object: this.#interned.text(object),
      level,
      detail: detail === null ? null : (JSON.parse(detail) as FactDetail),
      // A thing that states a fact about itself is its subject.
      source: source === subject ? subjectId : this.#interned.text(source),
      from,
      expiresAt,
    };
  }
}
