import { isTeam, prefixOf } from '../existence';
import type { Facts, Relation } from '../facts';

/** Who or what, on both sides of a difference: whatever is so before or after. */
export class Places {
  readonly #sides: readonly Facts[];
  readonly #known = new Map<string, Map<string, readonly string[]>>();

  constructor(before: Facts, after: Facts) {
    this.#sides = [before, after];
  }

  get organizationId(): string {
    return this.#sides[0]?.organizationId ?? '';
  }

  /** What is found by the name for the id: found once, and always the same list. */
  once(name: string, id: string, find: () => readonly string[]): readonly string[] {
    const named = this.#known.get(name) ?? new Map<string, readonly string[]>();
    this.#known.set(name, named);
    const found = named.get(id) ?? find();
    named.set(id, found);
    return found;
  }

  subjects(object: string, relation: Relation, level?: string): readonly string[] {
    return this.once(`on ${relation} ${level ?? ''}`, object, () =>
      this.#each((facts) => facts.on(object, relation, level).map(({ subject }) => subject)),
    );
  }

  objects(subject: string, relation: Relation): readonly string[] {
    return this.#each((facts) => facts.of(subject, relation).map(({ object }) => object));
  }

  /** The users that a holder stands for: itself, or the members of the team. */
  users(holders: readonly string[]): readonly string[] {
    const lists = holders.map((holder) =>
      isTeam(holder) ? this.subjects(holder, 'teamMember') : [holder],
    );
    return lists.length === 1 ? (lists[0] ?? []) : [...new Set(lists.flat())];
  }

  holders(object: string, relation: Relation, level?: string): readonly string[] {
    return this.once(`users on ${relation} ${level ?? ''}`, object, () =>
      this.users(this.subjects(object, relation, level)),
    );
  }

  admins(): readonly string[] {
    return this.subjects(this.organizationId, 'member', 'ADMIN');
  }

  /** Who reads everything. */
  readers(): readonly string[] {
    return this.once('readers', this.organizationId, () => [
      ...this.admins(),
      ...this.subjects(this.organizationId, 'member', 'AUDITOR'),
    ]);
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
    return this.once('everything', organizationId, () => {
      const clusters = this.subjects(organizationId, 'cluster');
      return [
        organizationId,
        ...this.subjects(organizationId, 'team'),
        ...clusters,
        ...this.queues(clusters),
        ...this.subjects(organizationId, 'pipeline'),
      ];
    });
  }

  #each(read: (facts: Facts) => readonly string[]): readonly string[] {
    return [...new Set(this.#sides.flatMap(read))];
  }
}
