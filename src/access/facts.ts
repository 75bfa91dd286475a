import type { AgentId, AgentKeyId, OrganizationId, QueueId } from '../domain/id';
import type { MemberKind } from '../domain/member/events';

/**
 * The relations that access follows from. Each reads "subject relation object"; the table says who
 * may stand where, and what `level` means.
 *
 *   member              user → organization       level: the role; memberKind
 *   team                team → organization       (it exists)
 *   cluster             cluster → organization    (it exists)
 *   pipeline            pipeline → organization   (it exists)
 *   teamMember          user → team               level: MAINTAINER or MEMBER
 *   clusterMaintainer   user or team → cluster
 *   clusterGrant        user or team → cluster    level: VIEW or USE
 *   pipelineCluster     pipeline → cluster
 *   pipelineArchived    pipeline → organization
 *   pipelineGrant       user or team → pipeline   level: READ, BUILD or MANAGE
 *   queueCluster        queue → cluster           level: OPEN or RESTRICTED
 *   queueGrant          pipeline → queue          branches: patterns, empty for every branch
 *   keyCluster          agent key → cluster       level: PENDING or ACTIVE; queueIds
 *   keyQueue            agent key → queue         (for keys that list their queues)
 *   apiToken            API token → user          scopes
 *   pipelineCreation    organization or team → organization   (its members may create pipelines)
 */
export const RELATIONS = [
  'member',
  'team',
  'cluster',
  'pipeline',
  'teamMember',
  'clusterMaintainer',
  'clusterGrant',
  'pipelineCluster',
  'pipelineArchived',
  'pipelineGrant',
  'queueCluster',
  'queueGrant',
  'keyCluster',
  'keyQueue',
  'apiToken',
  'pipelineCreation',
] as const;
export type Relation = (typeof RELATIONS)[number];

/** What some relations say beyond subject, object and level. */
export interface FactDetail {
  /** Of a member: a person or a service. */
  readonly memberKind?: MemberKind;
  readonly branches?: readonly string[];
  /** Of a key: the queues it admits; null means the cluster's OPEN ones. */
  readonly queueIds?: readonly QueueId[] | null;
  readonly tags?: readonly string[];
  readonly scopes?: readonly string[];
}

/** An access-bearing relation, as far as it follows from events. */
export interface Fact {
  readonly relation: Relation;
  readonly subject: string;
  readonly object: string;
  readonly level: string | null;
  readonly detail: FactDetail | null;
  /** The entity that the fact belongs to: a grant, a membership, the subject itself. */
  readonly source: string;
  /** The position of the event that opened the fact. */
  readonly from: number;
  /** The instant from which it no longer holds, or null. */
  readonly expiresAt: number | null;
}

/** What an answer is true of: all events up to a position, all expiries up to an instant. */
export interface Moment {
  readonly position: number;
  readonly instant: number;
}

/** A fact about an object held by a user directly, or by a team through a membership. */
export interface Holding {
  readonly fact: Fact;
  readonly membership: Fact | null;
}

/** What is known of an agent for access: it never changes its key or queue. */
export interface AgentFacts {
  readonly id: AgentId;
  readonly keyId: AgentKeyId;
  readonly queueId: QueueId;
  readonly registeredAt: number;
  readonly endedAt: number | null;
}

/**
 * The facts of one organization that hold at one moment: the views, or an overlay of hypothetical
 * changes on top. Every method answers only with facts that hold then, expiry counted, and of this
 * organization: an id of another one finds nothing. Call its methods on it: an object may be of a
 * class, and neither a method taken off it nor a copy of its members is one.
 */
export interface Facts {
  readonly organizationId: OrganizationId;
  readonly moment: Moment;
  /** The version of the access rules in force at the moment. */
  readonly rulesVersion: number;
  /** The facts of this subject, in the order of their objects. */
  of(subject: string, relation: Relation): readonly Fact[];
  /** The facts on this object, at one level if given, in the order of level, then subject. */
  on(object: string, relation: Relation, level?: string): readonly Fact[];
  /** The facts between the two; several grants may stand on one pair. */
  between(subject: string, relation: Relation, object: string): readonly Fact[];
  /** What the user holds on the object, directly and through every team. */
  held(userId: string, relation: Relation, object: string): readonly Holding[];
  agent(id: string): AgentFacts | undefined;
  /** The agents of the queue that had registered and not ended, in the order of their ids. */
  agentsOn(queueId: string): readonly AgentFacts[];
}
