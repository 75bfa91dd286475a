import type { Fact, Facts, Relation } from '../access/facts';
import type { Agent } from '../domain/agent/state';
import type { EntityKind, Versioned } from '../domain/entity';
import type { AgentKeyId, ClusterId, OrganizationId, QueueId } from '../domain/id';

/** Where a slug or key is unique for ever: within the organization by kind, or within a cluster. */
export type NameScope = 'team' | 'cluster' | 'pipeline' | `queue:${ClusterId}`;

/** Whose agents are meant: those of every key, queue and cluster given, of which one must be. */
export interface LiveAgentsOf {
  readonly keyId?: AgentKeyId;
  readonly queueId?: QueueId;
  readonly clusterId?: ClusterId;
}

/**
 * One organization as a command finds it: the views at the writer's present, earlier commands of
 * the same batch included; or an overlay of hypothetical changes. Reading only.
 */
export interface World {
  readonly organizationId: OrganizationId;
  /** The instant of the batch, milliseconds. */
  readonly now: number;
  /** The facts that hold now. */
  readonly facts: Facts;
  /** The entity as it stands, or undefined when there is none or it ended. */
  get: <K extends EntityKind>(kind: K, id: string) => Versioned<K> | undefined;
  /** True if there is such an entity here or ever was, ended ones included. */
  existed: (kind: EntityKind, id: string) => boolean;
  /** The entity that has or ever had this slug or key. */
  nameOwner: (scope: NameScope, name: string) => string | undefined;
  /** The open facts between the two, expired ones included (they still occupy their pair). */
  open: (subject: string, relation: Relation, object: string) => readonly Fact[];
  /** Every open fact that names the id as subject or object, expired ones included. */
  naming: (id: string) => readonly Fact[];
  /** The agents that have not ended, of one key, queue or cluster. */
  liveAgents: (of: LiveAgentsOf) => readonly Agent[];
}
