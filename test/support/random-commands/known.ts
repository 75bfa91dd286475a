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

/**
 * Every id that commands have answered with so far, of what ended too: a random command that names
 * what is gone must be refused like any other.
 */
export class Known {
  readonly organizationId: OrganizationId;
  readonly members: Member[];
  readonly agents: Agent[] = [];
  readonly #ids = new Map<EntityKind, string[]>();

  /** @param admin the first member, an ADMIN, and the API token they use. */
  constructor(admin: Member) {
    this.organizationId = admin.organizationId;
    this.members = [admin];
    this.#add('member', admin.userId);
  }

  /** Takes in what a command has made. */
  learn({ mutation, caller }: Command, { ids }: Done): void {
    for (const [kind, field] of MAKES[mutation] ?? []) {
      const id = ids[field];
      if (typeof id === 'string') this.#add(kind, id);
    }
    const { organizationId } = this;
    if (mutation === 'apiTokenCreate') {
      const { userId, tokenId } = ids as unknown as Pick<Member, 'userId' | 'tokenId'>;
      this.members.push({ kind: 'MEMBER', organizationId, userId, tokenId });
    }
    if (mutation === 'agentRegister' && caller.kind === 'AGENT_KEY') {
      const { keyId } = caller;
      const { agentId } = ids as unknown as Pick<Agent, 'agentId'>;
      this.agents.push({ kind: 'AGENT', organizationId, agentId, keyId, sessionHash: '' });
    }
  }

  /** The id of an entity of the kind, in whatever state; undefined if there never was one. */
  one(kind: EntityKind, draw: Draw): string | undefined {
    const ids = this.#ids.get(kind);
    return ids && draw.of(ids);
  }

  #add(kind: EntityKind, id: string): void {
    const ids = this.#ids.get(kind);
    if (ids === undefined) this.#ids.set(kind, [id]);
    else ids.push(id);
  }
}
