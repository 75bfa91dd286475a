import { isTeam, prefixOf } from '../existence';
import type { Fact, Facts, Relation } from '../facts';

/** Who or what, on both sides of a difference: whatever is so before or after. */
export class Places {
  readonly #sides: readonly Facts[];

  constructor(before: Facts, after: Facts) {
    this.#sides = [before, after];
  }

  get organizationId(): string {
    return this.#sides[0]?.organizationId ?? '';
  }

  subjects(object: string, relation: Relation, level?: string): readonly string[] {
    return this.#each((facts) => facts.on(object, relation, level).map(({ subject }) => subject));
  }

  objects(subject: string, relation: Relation): readonly string[] {
    return this.#each((facts) => facts.of(subject, relation).map(({ object }) => object));
  }

  facts(subject: string, relation: Relation): readonly Fact[] {
    return this.#sides.flatMap((facts) => facts.of(subject, relation));
  }

  /** The users that a holder stands for: itself, or the members of the team. */
  users(holders: readonly string[]): readonly string[] {
    return [
      ...new Set(
        holders.flatMap((holder) =>
          isTeam(holder) ? this.subjects(holder, 'teamMember') : holder,
        ),
      ),
    ];
  }

  holders(object: string, relation: Relation, level?: string): readonly string[] {
    return this.users(this.subjects(object, relation, level));
  }

  admins(): readonly string[] {
    return this.subjects(this.organizationId, 'member', 'ADMIN');
  }

  /** Who reads everything. */
  readers(): readonly string[] {
    return [...this.admins(), ...this.subjects(this.organizationId, 'member', 'AUDITOR')];
  }

  queues(clusterIds: readonly string[]): readonly string[] {
    return clusterIds.flatMap((clusterId) => this.subjects(clusterId, 'queueCluster'));
  }

  /** The agents of these queues that had not ended before. */
  agents(queueIds: readonly string[], keyId?: string): readonly string[] {
    const [before] = this.#sides;
    return queueIds.flatMap((queueId) =>
      (before?.agentsOn(queueId) ?? [])
        .filter((agent) => keyId === undefined || agent.keyId === keyId)
        .map(({ id }) => id),
    );
  }

  /** The teams that hold something on the cluster or pipeline. */
  teamsOn(object: string): readonly string[] {
    const relations =
      prefixOf(object) === 'pip'
        ? (['pipelineGrant'] as const)
        : (['clusterGrant', 'clusterMaintainer'] as const);
    return relations.flatMap((relation) => this.subjects(object, relation)).filter(isTeam);
  }

  /** Everything that members may be allowed something on. */
  everything(): readonly string[] {
    const { organizationId } = this;
    const clusters = this.subjects(organizationId, 'cluster');
    return [
      organizationId,
      ...this.subjects(organizationId, 'team'),
      ...clusters,
      ...this.queues(clusters),
      ...this.subjects(organizationId, 'pipeline'),
    ];
  }

  #each(read: (facts: Facts) => readonly string[]): readonly string[] {
    return [...new Set(this.#sides.flatMap(read))];
  }
}
