import type { MutationName } from '../access/operations';
import type { ClusterLevel } from '../domain/cluster/events';
import type { MemberKind, MemberRole } from '../domain/member/events';
import type { PipelineLevel } from '../domain/pipeline/events';
import type { QueueMode } from '../domain/queue/events';
import type { TeamRole } from '../domain/team/events';

/*
 * What each mutation is told, without its idempotency key. Ids are what the caller typed: nothing
 * is known of them yet. Instants are milliseconds since 1970. In an update, what is left out stays
 * as it is and null clears. Each comment names the ids that the command answers with.
 */

/** Nothing but the id of the one thing that the mutation is about. */
type Named<F extends string> = Readonly<Record<F, string>>;

/** Exactly one of the two: who gets the grant or the role. */
export interface HolderInput {
  readonly teamId?: string;
  readonly userId?: string;
}

/** Answers with organizationId, userId and tokenId; the secret is the first ADMIN's API token. */
export interface OrganizationCreateInput {
  readonly slug: string;
  readonly name: string;
  readonly adminName: string;
  readonly adminEmail?: string | null;
}

/** Answers with organizationId. */
export interface OrganizationUpdateInput {
  readonly organizationId: string;
  readonly slug?: string;
  readonly name?: string;
  readonly membersCanCreatePipelines?: boolean;
  readonly expectedVersion?: number;
}

/** `userId` re-admits a former member under the old id; nothing revives. Answers with userId. */
export interface OrganizationMemberAddInput {
  readonly organizationId: string;
  readonly userId?: string;
  readonly name: string;
  readonly email?: string | null;
  readonly role: MemberRole;
  readonly kind: MemberKind;
}

/** Who becomes an AUDITOR loses every team, maintainer role and grant. Answers with userId. */
export interface OrganizationMemberUpdateInput {
  readonly userId: string;
  readonly name?: string;
  readonly email?: string | null;
  readonly role?: MemberRole;
  readonly expectedVersion?: number;
}

/** Answers with userId, which is gone. */
export type OrganizationMemberRemoveInput = Named<'userId'>;

/** Answers with teamId. */
export interface TeamCreateInput {
  readonly organizationId: string;
  readonly slug: string;
  readonly name: string;
  readonly description?: string;
  readonly membersCanCreatePipelines?: boolean;
}

/** Answers with teamId. */
export interface TeamUpdateInput {
  readonly teamId: string;
  readonly slug?: string;
  readonly name?: string;
  readonly description?: string;
  readonly membersCanCreatePipelines?: boolean;
  readonly expectedVersion?: number;
}

/** Answers with teamId, which is gone. */
export type TeamDeleteInput = Named<'teamId'>;

/** Answers with teamMemberId, teamId and userId. */
export interface TeamMemberAddInput {
  readonly teamId: string;
  readonly userId: string;
  readonly role: TeamRole;
  readonly expiresAt?: number | null;
}

/** Answers with teamMemberId, teamId and userId. */
export interface TeamMemberUpdateInput {
  readonly teamMemberId: string;
  readonly role?: TeamRole;
  readonly expiresAt?: number | null;
  readonly expectedVersion?: number;
}

/** Answers with teamMemberId, which is gone, teamId and userId. */
export type TeamMemberRemoveInput = Named<'teamMemberId'>;

/** Answers with clusterId. */
export interface ClusterCreateInput {
  readonly organizationId: string;
  readonly slug: string;
  readonly name: string;
  readonly description?: string;
  readonly emoji?: string | null;
  readonly color?: string | null;
}

/** Answers with clusterId. */
export interface ClusterUpdateInput {
  readonly clusterId: string;
  readonly slug?: string;
  readonly name?: string;
  readonly description?: string;
  readonly emoji?: string | null;
  readonly color?: string | null;
  readonly defaultQueueId?: string | null;
  readonly expectedVersion?: number;
}

/** Answers with clusterId, which is gone. */
export type ClusterDeleteInput = Named<'clusterId'>;

/** Answers with maintainerId and clusterId. */
export interface ClusterMaintainerAddInput extends HolderInput {
  readonly clusterId: string;
  readonly expiresAt?: number | null;
}

/** Answers with maintainerId, which is gone, and clusterId. */
export type ClusterMaintainerRemoveInput = Named<'maintainerId'>;

/** Answers with grantId and clusterId. */
export interface ClusterGrantInput extends HolderInput {
  readonly clusterId: string;
  readonly level: ClusterLevel;
  readonly expiresAt?: number | null;
}

/** Answers with grantId, which is gone, and clusterId. */
export type ClusterRevokeInput = Named<'grantId'>;

/** Answers with queueId and clusterId. */
export interface ClusterQueueCreateInput {
  readonly clusterId: string;
  readonly key: string;
  readonly mode: QueueMode;
  readonly description?: string;
  readonly makeDefault?: boolean;
}

/** Answers with queueId and clusterId. */
export interface ClusterQueueUpdateInput {
  readonly queueId: string;
  readonly key?: string;
  readonly mode?: QueueMode;
  readonly description?: string;
  readonly expectedVersion?: number;
}

/** Answers with queueId, which is gone, and clusterId. */
export type ClusterQueueDeleteInput = Named<'queueId'>;

/** Answers with queueId and clusterId. */
export interface ClusterQueuePauseInput {
  readonly queueId: string;
  readonly note?: string;
}

/** Answers with queueId and clusterId. */
export type ClusterQueueResumeInput = Named<'queueId'>;

/** No branches: every branch. Answers with grantId, queueId and pipelineId. */
export interface QueuePipelineGrantInput {
  readonly queueId: string;
  readonly pipelineId: string;
  readonly branches?: readonly string[];
  readonly expiresAt?: number | null;
}

/** Answers with grantId, which is gone, queueId and pipelineId. */
export type QueuePipelineRevokeInput = Named<'grantId'>;

/** MANAGE goes to the team, if one is named, else to the creator. Answers with pipelineId, grantId. */
export interface PipelineCreateInput {
  readonly organizationId: string;
  readonly clusterId?: string | null;
  readonly slug: string;
  readonly name: string;
  readonly description?: string;
  readonly repository?: string | null;
  readonly teamId?: string;
}

/** Answers with pipelineId. */
export interface PipelineUpdateInput {
  readonly pipelineId: string;
  readonly slug?: string;
  readonly name?: string;
  readonly description?: string;
  readonly repository?: string | null;
  readonly expectedVersion?: number;
}

/** To another cluster, or out of every cluster (null). Answers with pipelineId. */
export interface PipelineMoveInput {
  readonly pipelineId: string;
  readonly clusterId: string | null;
  readonly expectedVersion?: number;
}

/** Answers with pipelineId. */
export type PipelineArchiveInput = Named<'pipelineId'>;

/** Answers with pipelineId. */
export type PipelineUnarchiveInput = Named<'pipelineId'>;

/** Answers with grantId and pipelineId. */
export interface PipelineGrantInput extends HolderInput {
  readonly pipelineId: string;
  readonly level: PipelineLevel;
  readonly expiresAt?: number | null;
}

/** Answers with grantId, which is gone, and pipelineId. */
export type PipelineRevokeInput = Named<'grantId'>;

/** `publicKey` is a JWK as JSON text; no queues: the OPEN ones. Answers with keyId and clusterId. */
export interface AgentKeyRegisterInput {
  readonly clusterId: string;
  readonly name: string;
  readonly publicKey: string;
  readonly queueIds?: readonly string[] | null;
  readonly tags?: readonly string[];
  readonly addressRanges?: readonly string[];
  readonly expiresAt?: number | null;
}

/** Answers with keyId and clusterId. */
export interface AgentKeyRevokeInput {
  readonly keyId: string;
  readonly reason?: string;
}

/**
 * What a verified assertion asks for; whose it is, the caller says. Answers with agentId; the secret
 * is the session's token.
 */
export interface AgentRegisterInput {
  /** The id of a queue, or its key within the agent key's cluster. */
  readonly queue: string;
  /** Null: all tags of the key. */
  readonly tags: readonly string[] | null;
  /** Random per process start. */
  readonly instance: string;
  readonly jti: string;
  /** How long the used `jti` must be remembered. */
  readonly rememberUntil: number;
}

/** Answers with agentId. */
export type AgentDisconnectInput = Readonly<Record<never, never>>;

/** Answers with tokenId and userId; the secret is the token. */
export interface ApiTokenCreateInput {
  readonly userId: string;
  readonly description?: string;
  readonly scopes: readonly string[];
  readonly expiresAt?: number | null;
  readonly addressRanges?: readonly string[];
}

/** Answers with tokenId, which is gone, and userId. */
export type ApiTokenRevokeInput = Named<'tokenId'>;

/** Every mutation that goes through the writer as a command; a heartbeat is no event. */
export interface Inputs extends Record<Exclude<MutationName, 'agentHeartbeat'>, object> {
  readonly organizationCreate: OrganizationCreateInput;
  readonly organizationUpdate: OrganizationUpdateInput;
  readonly organizationMemberAdd: OrganizationMemberAddInput;
  readonly organizationMemberUpdate: OrganizationMemberUpdateInput;
  readonly organizationMemberRemove: OrganizationMemberRemoveInput;
  readonly teamCreate: TeamCreateInput;
  readonly teamUpdate: TeamUpdateInput;
  readonly teamDelete: TeamDeleteInput;
  readonly teamMemberAdd: TeamMemberAddInput;
  readonly teamMemberUpdate: TeamMemberUpdateInput;
  readonly teamMemberRemove: TeamMemberRemoveInput;
  readonly clusterCreate: ClusterCreateInput;
  readonly clusterUpdate: ClusterUpdateInput;
  readonly clusterDelete: ClusterDeleteInput;
  readonly clusterMaintainerAdd: ClusterMaintainerAddInput;
  readonly clusterMaintainerRemove: ClusterMaintainerRemoveInput;
  readonly clusterGrant: ClusterGrantInput;
  readonly clusterRevoke: ClusterRevokeInput;
  readonly clusterQueueCreate: ClusterQueueCreateInput;
  readonly clusterQueueUpdate: ClusterQueueUpdateInput;
  readonly clusterQueueDelete: ClusterQueueDeleteInput;
  readonly clusterQueuePause: ClusterQueuePauseInput;
  readonly clusterQueueResume: ClusterQueueResumeInput;
  readonly queuePipelineGrant: QueuePipelineGrantInput;
  readonly queuePipelineRevoke: QueuePipelineRevokeInput;
  readonly pipelineCreate: PipelineCreateInput;
  readonly pipelineUpdate: PipelineUpdateInput;
  readonly pipelineMove: PipelineMoveInput;
  readonly pipelineArchive: PipelineArchiveInput;
  readonly pipelineUnarchive: PipelineUnarchiveInput;
  readonly pipelineGrant: PipelineGrantInput;
  readonly pipelineRevoke: PipelineRevokeInput;
  readonly agentKeyRegister: AgentKeyRegisterInput;
  readonly agentKeyRevoke: AgentKeyRevokeInput;
  readonly agentRegister: AgentRegisterInput;
  readonly agentDisconnect: AgentDisconnectInput;
  readonly apiTokenCreate: ApiTokenCreateInput;
  readonly apiTokenRevoke: ApiTokenRevokeInput;
}

export type CommandName = keyof Inputs;
