import type { Moment } from '../../../src/access/facts';
import type { Change } from '../../../src/access/missing/change';
import type { RecordedEvent } from '../../../src/domain/catalogue';
import { changeThings } from './changes';
import type { Thing } from './thing';

type Data = Readonly<Record<string, unknown>>;

/** What each event creates: the kind of thing, and the member of its data that is the id. */
const CREATES: Readonly<Record<string, readonly [kind: string, id: string]>> = {
  OrganizationCreated: ['organization', 'organizationId'],
  MemberAdded: ['member', 'userId'],
  TeamCreated: ['team', 'teamId'],
  TeamMemberAdded: ['teamMember', 'teamMemberId'],
  ClusterCreated: ['cluster', 'clusterId'],
  ClusterMaintainerAdded: ['maintainer', 'maintainerId'],
  ClusterGranted: ['clusterGrant', 'grantId'],
  QueueCreated: ['queue', 'queueId'],
  QueuePipelineGranted: ['queueGrant', 'grantId'],
  PipelineCreated: ['pipeline', 'pipelineId'],
  PipelineGranted: ['pipelineGrant', 'grantId'],
  AgentKeyRegistered: ['key', 'keyId'],
  ApiTokenCreated: ['token', 'tokenId'],
  AgentRegistered: ['agent', 'agentId'],
};

/** What each other event changes. */
const CHANGES: Readonly<Record<string, readonly [kind: string, id: string, more?: Data]>> = {
  OrganizationPipelineCreationSet: ['organization', 'organizationId'],
  MemberRoleChanged: ['member', 'userId'],
  TeamPipelineCreationSet: ['team', 'teamId'],
  TeamMemberUpdated: ['teamMember', 'teamMemberId'],
  QueueModeChanged: ['queue', 'queueId'],
  QueuePaused: ['queue', 'queueId', { paused: true }],
  QueueResumed: ['queue', 'queueId', { paused: false }],
  PipelineMoved: ['pipeline', 'pipelineId'],
  PipelineArchived: ['pipeline', 'pipelineId', { archived: true }],
  PipelineUnarchived: ['pipeline', 'pipelineId', { archived: false }],
  AgentKeyProven: ['key', 'keyId', { proven: true }],
  AgentKeyRevoked: ['key', 'keyId', { revoked: true }],
  AgentDisconnected: ['agent', 'agentId', { ended: true }],
};

const ENDS: Readonly<Record<string, readonly [kind: string, id: string]>> = {
  MemberRemoved: ['member', 'userId'],
  TeamDeleted: ['team', 'teamId'],
  TeamMemberRemoved: ['teamMember', 'teamMemberId'],
  ClusterDeleted: ['cluster', 'clusterId'],
  ClusterMaintainerRemoved: ['maintainer', 'maintainerId'],
  ClusterGrantRevoked: ['clusterGrant', 'grantId'],
  QueueDeleted: ['queue', 'queueId'],
  QueuePipelineGrantRevoked: ['queueGrant', 'grantId'],
  PipelineGrantRevoked: ['pipelineGrant', 'grantId'],
  ApiTokenRevoked: ['token', 'tokenId'],
};

/** What says nothing about access. */
const OTHERS: readonly string[] = [
  ...['OrganizationUpdated', 'RulesAdopted', 'MemberUpdated', 'TeamUpdated'],
  ...['ClusterUpdated', 'QueueUpdated', 'PipelineUpdated'],
];

/** The raw events of both ledgers, from the first ones. */
export interface RawLedgers {
  readonly access: readonly RecordedEvent[];
  readonly activity: readonly RecordedEvent[];
}

/**
 * An organization read from its raw events by loops, up to one moment: slow and plain, to compare
 * quick answers with. Shares nothing with the domain's folds, the views or the engine.
 */
export class ReferenceOrganization {
  readonly #things: (readonly [kind: string, thing: Thing])[] = [];
  readonly #alive = new Map<string, readonly Thing[]>();

  constructor(access: readonly RecordedEvent[], activity: readonly RecordedEvent[], at: Moment) {
    for (const event of access) if (event.position <= at.position) this.#apply(event);
    for (const event of activity) if (event.recordedAt <= at.instant) this.#apply(event);
    for (const [kind, thing] of this.#things) {
      if (!hasExpired(thing, at.instant)) this.#alive.set(kind, [...this.all(kind), thing]);
    }
  }

  #apply({ type, data }: RecordedEvent): void {
    const creates = CREATES[type];
    const changes = CHANGES[type];
    const ends = ENDS[type];
    if (creates) {
      this.#things.push([creates[0], { ...data, id: String(data[creates[1]]) }]);
    } else if (changes) {
      const [kind, idField, more] = changes;
      const at = this.#things.findIndex(([k, { id }]) => k === kind && id === data[idField]);
      const thing = this.#things[at]?.[1];
      if (thing) this.#things[at] = [kind, { ...thing, ...data, ...more }];
    } else if (ends) {
      const [kind, idField] = ends;
      const at = this.#things.findIndex(([k, { id }]) => k === kind && id === data[idField]);
      this.#things.splice(at, 1);
    } else if (!OTHERS.includes(type)) {
      throw new Error(`the reference does not know ${type}`);
    }
  }

  /** The same organization with these changes, as far as mutations would make them. */
  with(changes: readonly Change[]): ReferenceOrganization {
    const changed = new ReferenceOrganization([], [], { position: 0, instant: 0 });
    for (const [kind, things] of this.#alive) changed.#alive.set(kind, things);
    changeThings(changed.#alive, changes);
    return changed;
  }

  /** Everything of a kind that exists and has not expired. */
  all(kind: string): readonly Thing[] {
    return this.#alive.get(kind) ?? [];
  }

  one(kind: string, id: unknown): Thing | undefined {
    return this.all(kind).find((thing) => thing.id === id);
  }

  /** True if there is one of the kind with all these values. */
  some(kind: string, values: Data): boolean {
    return this.all(kind).some((thing) =>
      Object.entries(values).every(([name, value]) => thing[name] === value),
    );
  }
}

function hasExpired(thing: Thing, instant: number): boolean {
  const expiresAt = thing['expiresAt'];
  if (typeof expiresAt === 'number' && instant >= expiresAt) return true;
  const provableUntil = thing['provableUntil'];
  return thing['proven'] !== true && typeof provableUntil === 'number' && instant >= provableUntil;
}
