import type { CommandName, Inputs } from '../commands/inputs';
import type { StatedFacts } from './document-schema';
import { UnknownName } from './model';
import { readReference, writeReference, type Reference } from './reference';

/** Carries out one mutation as an ADMIN and gives the ids it answers with. Throws if refused. */
export type CarryOut = <M extends CommandName>(
  mutation: M,
  input: Inputs[M],
) => Readonly<Record<string, string | null>>;

/** The founding ADMIN of the stated facts. Throws UnknownName where there is none. */
export function founderOf({ members }: StatedFacts): string {
  const founder = Object.entries(members).find(([, member]) => roleOf(member).role === 'ADMIN');
  if (founder === undefined) throw new UnknownName('The organization needs a member with ADMIN.');
  return founder[0];
}

/**
 * Makes the stated facts in an organization that has its founder and nothing else, by the mutations
 * that anybody would make them with, and so under the same rules. Answers with all names' ids.
 */
export class Builder {
  readonly #ids = new Map<string, string>();

  constructor(
    private readonly facts: StatedFacts,
    private readonly organizationId: string,
    private readonly carryOut: CarryOut,
  ) {}

  /** The id of what the facts name. Throws UnknownName. */
  idOf(reference: Reference): string {
    if (reference.kind === 'organization') return this.organizationId;
    const id = this.#ids.get(writeReference(reference));
    if (id === undefined) {
      throw new UnknownName(`${writeReference(reference)} is not among the facts of the file`);
    }
    return id;
  }

  build(founderId: string): void {
    const { organizationId } = this;
    this.#ids.set(`user:${founderOf(this.facts)}`, founderId);
    this.#members();
    for (const slug of Object.keys(this.facts.teams ?? {})) this.#team(slug);
    for (const slug of Object.keys(this.facts.clusters ?? {})) this.#cluster(slug);
    for (const slug of Object.keys(this.facts.pipelines ?? {})) this.#pipeline(slug);
    const { membersCanCreatePipelines } = this.facts;
    if (membersCanCreatePipelines !== undefined) {
      this.carryOut('organizationUpdate', { organizationId, membersCanCreatePipelines });
    }
  }

  #members(): void {
    const { organizationId, facts } = this;
    for (const [name, member] of Object.entries(facts.members)) {
      const { role, kind = 'PERSON' } = roleOf(member);
      if (this.#ids.has(`user:${name}`)) continue;
      const input = { organizationId, name, role, kind };
      this.#keep(`user:${name}`, this.carryOut('organizationMemberAdd', input)['userId']);
    }
  }

  #team(slug: string): void {
    const { organizationId } = this;
    const { membersCanCreatePipelines, members = {} } = this.facts.teams?.[slug] ?? {};
    const input = {
      organizationId,
      slug,
      name: slug,
      ...(membersCanCreatePipelines !== undefined && { membersCanCreatePipelines }),
    };
    const teamId = this.#keep(`team:${slug}`, this.carryOut('teamCreate', input)['teamId']);
    for (const [name, membership] of Object.entries(members)) {
      const { role, expiresAt } =
        typeof membership === 'string' ? { role: membership, expiresAt: undefined } : membership;
      const userId = this.idOf({ kind: 'user', name });
      this.carryOut('teamMemberAdd', { teamId, userId, role, ...expiry(expiresAt) });
    }
  }

  #cluster(slug: string): void {
    const { organizationId } = this;
    const { maintainers = [], grants = [], queues = {} } = this.facts.clusters?.[slug] ?? {};
    const created = this.carryOut('clusterCreate', { organizationId, slug, name: slug });
    const clusterId = this.#keep(`cluster:${slug}`, created['clusterId']);
    for (const maintainer of maintainers) {
      const { to, expiresAt } =
        typeof maintainer === 'string' ? { to: maintainer, expiresAt: undefined } : maintainer;
      const input = { clusterId, ...this.#holder(to), ...expiry(expiresAt) };
      this.carryOut('clusterMaintainerAdd', input);
    }
    for (const { to, level, expiresAt } of grants) {
      this.carryOut('clusterGrant', {
        clusterId,
        level,
        ...this.#holder(to),
        ...expiry(expiresAt),
      });
    }
    for (const [key, mode] of Object.entries(queues)) {
      const made = this.carryOut('clusterQueueCreate', { clusterId, key, mode });
      this.#keep(`queue:${slug}/${key}`, made['queueId']);
    }
  }

  #pipeline(slug: string): void {
    const { organizationId } = this;
    const { cluster, archived, grants = [], queues = [] } = this.facts.pipelines?.[slug] ?? {};
    const clusterId = cluster === undefined ? null : this.idOf({ kind: 'cluster', name: cluster });
    const made = this.carryOut('pipelineCreate', { organizationId, clusterId, slug, name: slug });
    const pipelineId = this.#keep(`pipeline:${slug}`, made['pipelineId']);
    // The creator's own grant is not among the stated facts.
    this.carryOut('pipelineRevoke', { grantId: made['grantId'] ?? '' });
    for (const { to, level, expiresAt } of grants) {
      const input = { pipelineId, level, ...this.#holder(to), ...expiry(expiresAt) };
      this.carryOut('pipelineGrant', input);
    }
    for (const { queue, branches = [], expiresAt } of queues) {
      const queueId = this.idOf({ kind: 'queue', name: queue });
      this.carryOut('queuePipelineGrant', { queueId, pipelineId, branches, ...expiry(expiresAt) });
    }
    if (archived === true) this.carryOut('pipelineArchive', { pipelineId });
  }

  #holder(text: string): { readonly teamId: string } | { readonly userId: string } {
    const reference = readReference(text);
    const id = this.idOf(reference);
    return reference.kind === 'team' ? { teamId: id } : { userId: id };
  }

  #keep(name: string, id: string | null | undefined): string {
    if (typeof id !== 'string') throw new RangeError(`${name} has no id`);
    this.#ids.set(name, id);
    return id;
  }
}

type StatedMember = StatedFacts['members'][string];

function roleOf(member: StatedMember) {
  return typeof member === 'string' ? { role: member } : member;
}

function expiry(instant: string | undefined): { readonly expiresAt?: number } {
  return instant === undefined ? {} : { expiresAt: Date.parse(instant) };
}

/** Every instant that the file names, so that the facts can be made before the first of them. */
export function instantsOf(value: unknown): readonly number[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    ['expiresAt', 'at', 'now'].includes(name) && typeof inner === 'string'
      ? [Date.parse(inner)]
      : instantsOf(inner),
  );
}
