import type { Fact, Holding, Relation } from '../../access/facts';
import type { Connection } from '../../ledger/sqlite/connection';
import { byObject, byTeam } from '../fact-order';
import { FactRows, type FactScope } from './fact-rows';
import type { Interned } from './interned';
import { LIST_MAX, type OpenFacts, type OpenList } from './open-facts';

/**
 * Facts for the one who writes them: those of subjects that were asked about lately are at hand
 * without a statement. Answers exactly as FactRows does.
 */
export class PresentFacts extends FactRows {
  readonly #interned: Interned;
  readonly #open: OpenFacts;

  constructor(db: Connection, interned: Interned, open: OpenFacts) {
    super(db, interned);
    this.#interned = interned;
    this.#open = open;
  }

  override of(scope: FactScope, subject: string, relation: Relation): readonly Fact[] {
    const list = scope.present ? this.#list(scope.organization, subject, relation) : 'MANY';
    if (list === 'MANY') return super.of(scope, subject, relation);
    return sorted(list.filter((fact) => holds(fact, scope)));
  }

  override between(
    scope: FactScope,
    subject: string,
    relation: Relation,
    object: string,
  ): readonly Fact[] {
    const list = scope.present ? this.#list(scope.organization, subject, relation) : 'MANY';
    if (list === 'MANY') return super.between(scope, subject, relation, object);
    return sorted(list.filter((fact) => fact.object === object && holds(fact, scope)));
  }

  override held(
    scope: FactScope,
    user: string,
    relation: Relation,
    object: string,
  ): readonly Holding[] {
    const { organization, present } = scope;
    const direct = present ? this.#list(organization, user, relation) : 'MANY';
    const teams = direct === 'MANY' ? direct : this.#list(organization, user, 'teamMember');
    if (direct === 'MANY' || teams === 'MANY') return super.held(scope, user, relation, object);
    const isMeant = (fact: Fact): boolean => fact.object === object && holds(fact, scope);
    const held: Holding[] = [];
    for (const fact of direct) if (isMeant(fact)) held.push({ fact, membership: null });
    for (const membership of teams) {
      if (!holds(membership, scope)) continue;
      const ofTeam = this.#list(organization, membership.object, relation);
      if (ofTeam === 'MANY') return super.held(scope, user, relation, object);
      for (const fact of ofTeam) if (isMeant(fact)) held.push({ fact, membership });
    }
    return held.length > 1 ? held.sort(byTeam) : held;
  }

  override openBetween(
    organization: number,
    subject: string,
    relation: Relation,
    object: string,
  ): readonly Fact[] {
    const list = this.#list(organization, subject, relation);
    if (list === 'MANY') return super.openBetween(organization, subject, relation, object);
    return sorted(list.filter((fact) => fact.object === object));
  }

  /** The open facts of the subject, expired ones included. */
  #list(organization: number, subject: string, relation: Relation): OpenList {
    const number = this.#interned.number(organization, subject);
    if (number === undefined) return [];
    return (
      this.#open.get(number, relation) ??
      this.#open.keep(number, relation, this.openOf(number, relation, LIST_MAX + 1))
    );
  }
}

function holds({ expiresAt }: Fact, { moment }: FactScope): boolean {
  return expiresAt === null || expiresAt > moment.instant;
}

function sorted(facts: Fact[]): readonly Fact[] {
  return facts.length > 1 ? facts.sort(byObject) : facts;
}
