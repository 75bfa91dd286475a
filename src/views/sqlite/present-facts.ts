import type { Fact, Holding, Relation } from '../../access/facts';
import type { Connection } from '../../ledger/sqlite/connection';
import type { OrganizationNumber } from '../../ledger/types';
import { byObject, byTeam } from '../fact-order';
import { FactRows, type FactScope } from './fact-rows';
import type { Interned } from './interned';
import { LIST_MAX, type OpenFact, type OpenFacts, type OpenList } from './open-facts';

/** The open facts of an organization that are at hand, as they are now. */
type AtHand = (organization: OrganizationNumber) => OpenFacts;

/**
 * Facts of the present of subjects that were asked about lately are at hand without a statement.
 * Answers exactly as FactRows does.
 */
export class PresentFacts extends FactRows {
  readonly #interned: Interned;
  readonly #atHand: AtHand;

  constructor(db: Connection, interned: Interned, atHand: AtHand) {
    super(db, interned);
    this.#interned = interned;
    this.#atHand = atHand;
  }

  override of(scope: FactScope, subject: string, relation: Relation): readonly Fact[] {
    const list = scope.present ? this.#list(scope.organization, subject, relation) : 'MANY';
    if (list === 'MANY') return super.of(scope, subject, relation);
    return this.#sorted(list.filter((open) => holds(open, scope)));
  }

  override between(
    scope: FactScope,
    subject: string,
    relation: Relation,
    object: string,
  ): readonly Fact[] {
    const list = scope.present ? this.#list(scope.organization, subject, relation) : 'MANY';
    if (list === 'MANY') return super.between(scope, subject, relation, object);
    const to = this.#numberOf(scope.organization, list, object);
    return this.#sorted(list.filter((open) => open.row[2] === to && holds(open, scope)));
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
    const to = this.#interned.number(organization, object);
    const isMeant = (open: OpenFact): boolean => open.row[2] === to && holds(open, scope);
    const held: Holding[] = [];
    for (const open of direct) {
      if (isMeant(open)) held.push({ fact: this.#words(open), membership: null });
    }
    for (const membership of teams) {
      if (!holds(membership, scope)) continue;
      const ofTeam = this.#listOf(organization, membership.row[2], relation);
      if (ofTeam === 'MANY') return super.held(scope, user, relation, object);
      for (const open of ofTeam) {
        if (!isMeant(open)) continue;
        held.push({ fact: this.#words(open), membership: this.#words(membership) });
      }
    }
    return held.length > 1 ? held.sort(byTeam) : held;
  }

  override openBetween(
    organization: OrganizationNumber,
    subject: string,
    relation: Relation,
    object: string,
  ): readonly Fact[] {
    const list = this.#list(organization, subject, relation);
    if (list === 'MANY') return super.openBetween(organization, subject, relation, object);
    const to = this.#numberOf(organization, list, object);
    return this.#sorted(list.filter(({ row }) => row[2] === to));
  }

  /** The open facts of the subject, expired ones included. */
  #list(organization: OrganizationNumber, subject: string, relation: Relation): OpenList {
    const number = this.#interned.number(organization, subject);
    return number === undefined ? [] : this.#listOf(organization, number, relation);
  }

  #listOf(organization: OrganizationNumber, subject: number, relation: Relation): OpenList {
    const open = this.#atHand(organization);
    return (
      open.get(subject, relation) ??
      open.keep(subject, relation, this.openOf(subject, relation, LIST_MAX + 1))
    );
  }

  /** The number that facts of the list may have it by; looked for only if there are any. */
  #numberOf(
    organization: OrganizationNumber,
    list: readonly OpenFact[],
    object: string,
  ): number | undefined {
    return list.length === 0 ? undefined : this.#interned.number(organization, object);
  }

  #words(open: OpenFact): Fact {
    return (open.words ??= this.fact(open.row));
  }

  #sorted(list: readonly OpenFact[]): readonly Fact[] {
    const facts = list.map((open) => this.#words(open));
    return facts.length > 1 ? facts.sort(byObject) : facts;
  }
}

function holds({ row }: OpenFact, { moment }: FactScope): boolean {
  const expiresAt = row[5];
  return expiresAt === null || expiresAt > moment.instant;
}
