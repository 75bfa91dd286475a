import type { Agent } from './agent/state';
import type { AgentKey } from './agent-key/state';
import type { ApiToken } from './api-token/state';
import type { Cluster, ClusterGrant, ClusterMaintainer } from './cluster/state';
import type { EntityKind } from './entity-kind';
import type { Member } from './member/state';
import type { Organization } from './organization/state';
import type { Pipeline, PipelineGrant } from './pipeline/state';
import type { Queue, QueueGrant } from './queue/state';
import type { Team, TeamMember } from './team/state';

export type { EntityKind } from './entity-kind';

/** Every kind of entity and its state. */
export interface Entities extends Record<EntityKind, object> {
  readonly organization: Organization;
  readonly member: Member;
  readonly team: Team;
  readonly teamMember: TeamMember;
  readonly cluster: Cluster;
  readonly clusterMaintainer: ClusterMaintainer;
  readonly clusterGrant: ClusterGrant;
  readonly queue: Queue;
  readonly queueGrant: QueueGrant;
  readonly pipeline: Pipeline;
  readonly pipelineGrant: PipelineGrant;
  readonly agentKey: AgentKey;
  readonly agent: Agent;
  readonly apiToken: ApiToken;
}

export type Entity = Entities[EntityKind];

/** An entity and the number of events that made it; `expectedVersion` is compared with that. */
export type Versioned<K extends EntityKind> = Entities[K] & { readonly version: number };
