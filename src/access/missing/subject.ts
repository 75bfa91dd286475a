import { prefixOf } from '../existence';
import type { Fact, Facts } from '../facts';
import type { MemberAsked } from '../rule';
import type { Choice, Joining } from './step';

/** Teams of the subject's that are alike in what they have of a cluster's use. */
export interface OwnTeams {
  readonly choice: Choice;
  readonly letsCreate: boolean;
  readonly hasUse: boolean;
}

/**
 * The member who is denied, looked at as a MEMBER, and what can be chosen for them. Choices are
 * made once, so that steps on the same pair are known by them.
 */
export class Subject {
  readonly asked: MemberAsked;
  /** The member themselves, as who holds something. */
  readonly self: Choice;
  /** Every team that they are in: none, or one choice. */
  readonly teams: readonly Choice[];
  readonly #teamIds: ReadonlySet<string>;
  readonly #ownTeams = new Map<string, readonly OwnTeams[]>();

  constructor(asked: MemberAsked) {
    this.asked = { ...asked, role: 'MEMBER' };
    this.self = { ids: [asked.userId], name: 'the member' };
    const memberships = asked.facts.of(asked.userId, 'teamMember');
    this.#teamIds = new Set(memberships.map(({ object }) => object));
    this.teams = choices([...this.#teamIds], 'one of their teams');
  }

  get facts(): Facts {
    return this.asked.facts;
  }

  isIn(teamId: string): boolean {
    return this.#teamIds.has(teamId);
  }

  /** The teams that they are in, told apart by what counts for creating pipelines in the cluster. */
  teamsFor(clusterId: string): readonly OwnTeams[] {
    const known = this.#ownTeams.get(clusterId);
    if (known !== undefined) return known;
    const uses = new Set(
      this.facts.on(clusterId, 'clusterGrant', 'USE').map(({ subject }) => subject),
    );
    const teams = [...this.#teamIds].map((id) => ({
      id,
      letsCreate: letsCreate(this.facts, id),
      hasUse: uses.has(id),
    }));
    const alike = (lets: boolean, use: boolean): readonly OwnTeams[] => {
      const like = teams.filter((team) => team.letsCreate === lets && team.hasUse === use);
      const ids = like.map(({ id }) => id);
      return choices(ids, 'one of their teams').map((choice) => ({
        ...{ choice, letsCreate: lets, hasUse: use },
      }));
    };
    const own = [true, false].flatMap((lets) => [...alike(lets, true), ...alike(lets, false)]);
    this.#ownTeams.set(clusterId, own);
    return own;
  }

  /** The need to join one of the teams that these facts are about, and they are not in. */
  joining(held: readonly Fact[], ...gives: string[]): Joining {
    const teams = held.map(({ subject }) => subject).filter((id) => this.isOther(id));
    return { teams: new Set(teams), gives, userId: this.asked.userId };
  }

  /** True of a team that they could join. */
  isOther(holderId: string): boolean {
    return prefixOf(holderId) === 'tea' && !this.isIn(holderId);
  }
}

/** True if the owner, an organization or a team, lets its members create pipelines. */
export function letsCreate(facts: Facts, owner: string): boolean {
  return facts.between(owner, 'pipelineCreation', facts.organizationId).length > 0;
}

/** A choice among these, unless there are none. */
export function choices(ids: readonly string[], name: string): readonly Choice[] {
  return ids.length === 0 ? [] : [{ ids: [...ids].sort(), name }];
}

/** The choice that is none. */
export function only(id: string, name: string): Choice {
  return { ids: [id], name };
}
