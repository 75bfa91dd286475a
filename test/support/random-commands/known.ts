import type { Caller, Command, Done } from '../../../src/commands/protocol';
import type { EntityKind } from '../../../src/domain/entity-kind';
import type { OrganizationId } from '../../../src/domain/id';
import type { Draw } from './draw';

type Member = Extract<Caller, { kind: 'MEMBER' }>;
type Agent = Extract<Caller, { kind: 'AGENT' }>;

/** What a command makes: entities of a kind, by the field of the answer that names them. */
const MAKES: Readonly<Record<string, readonly (readonly [EntityKind, string])[]>> = {
  organizationMemberAdd: [['member', 'userId']],
  teamCreate: [['team', 'teamId']],
  teamMemberAdd: [['teamMember', 'teamMemberId']],
  clusterCreate: [['cluster', 'clusterId']],
  clusterMaintainerAdd: [['clusterMaintainer', 'maintainerId']],
  clusterGrant: [['clusterGrant', 'grantId']],
  clusterQueueCreate: [['queue', 'queueId']],
  queuePipelineGrant: [['queueGrant', 'grantId']],
  pipelineCreate: [
    ['pipeline', 'pipelineId'],
    ['pipelineGrant', 'grantId'],
  ],
  pipelineGrant: [['pipelineGrant', 'grantId']],
  agentKeyRegister: [['agentKey', 'keyId']],
  apiTokenCreate: [['apiToken', 'tokenId']],
};

/** So many of the newest ids are drawn more often than all before them. */
const RECENT = 8;

/**
 * Every id that commands have answered with so far, of what ended too: a random command that names
 * what is gone must be refused like any other.
 */
export class Known {
  readonly organizationId: OrganizationId;
  /** Members and the API tokens they use. */
  members: readonly Member[];
  agents: readonly Agent[] = [];
  readonly #ids = new Map<EntityKind, string[]>();
  /** The cluster that something was made in. */
  readonly #clusters = new Map<string, string>();

  /** @param admin the first member, an ADMIN, and the API token they use. */
  constructor(admin: Member) {
    this.organizationId = admin.organizationId;
    this.members = [admin];
    this.#add('member', admin.userId);
  }

  /** Takes in what a command has made. */
  learn({ mutation, caller, input }: Command, { ids, repeated }: Done): void {
    if (repeated) return;
    for (const [kind, field] of MAKES[mutation] ?? []) {
      const id = ids[field];
      if (typeof id !== 'string') continue;
      this.#add(kind, id);
      if (typeof input['clusterId'] === 'string') this.#clusters.set(id, input['clusterId']);
    }
    const { organizationId } = this;
    if (mutation === 'apiTokenCreate') {
      const { userId, tokenId } = ids as unknown as Pick<Member, 'userId' | 'tokenId'>;
      this.members = [...this.members, { kind: 'MEMBER', organizationId, userId, tokenId }];
    }
    if (mutation === 'agentRegister' && caller.kind === 'AGENT_KEY') {
      const { keyId } = caller;
      const { agentId } = ids as unknown as Pick<Agent, 'agentId'>;
      const agent = { kind: 'AGENT', organizationId, agentId, keyId, sessionHash: '' } as const;
      this.agents = [...this.agents, agent];
    }
  }

  /** Takes in that a caller is none any more. */
  forget(caller: Caller): void {
    this.members = this.members.filter((member) => member !== caller);
    this.agents = this.agents.filter((agent) => agent !== caller);
  }

  /** The id of an entity of the kind, in whatever state; undefined if there never was one. */
  one(kind: EntityKind, draw: Draw): string | undefined {
    const ids = this.#ids.get(kind);
    return ids && draw.of(draw.once(3) ? ids : ids.slice(-RECENT));
  }

  /** The cluster that the thing was made in. */
  clusterOf(id: string): string | undefined {
    return this.#clusters.get(id);
  }

  /** The same as `one`, if possible of those made in the same cluster. */
  oneBeside(id: string, kind: EntityKind, draw: Draw): string | undefined {
    const cluster = this.#clusters.get(id);
    const ids = this.#ids.get(kind)?.filter((other) => this.#clusters.get(other) === cluster);
    return ids === undefined || ids.length === 0 ? this.one(kind, draw) : draw.of(ids);
  }

  #add(kind: EntityKind, id: string): void {
    const ids = this.#ids.get(kind);
    if (ids === undefined) this.#ids.set(kind, [id]);
    else ids.push(id);
  }
}
