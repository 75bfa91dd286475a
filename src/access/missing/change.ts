import type { ClusterLevel } from '../../domain/cluster/events';
import type {
  ClusterId,
  GrantId,
  HolderId,
  OrganizationId,
  PipelineId,
  QueueId,
  TeamId,
  TeamMemberId,
  UserId,
} from '../../domain/id';
import type { MemberRole } from '../../domain/member/events';
import type { PipelineLevel } from '../../domain/pipeline/events';
import type { TeamRole } from '../../domain/team/events';

/** The kinds of changes, in an order in which the mutations that make them are not refused. */
export const CHANGE_KINDS = [
  'CHANGE_ROLE',
  'UNARCHIVE_PIPELINE',
  'MOVE_PIPELINE',
  'OPEN_QUEUE',
  'LET_MEMBERS_CREATE',
  'JOIN_TEAM',
  'GRANT_CLUSTER',
  'GRANT_PIPELINE',
  'GRANT_QUEUE',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** What a holder may be given on a cluster; MAINTAINER: to be made a maintainer of it. */
export type GivenClusterLevel = ClusterLevel | 'MAINTAINER';

/** One change to the organization, as mutations can make it. */
export type Change =
  | { readonly kind: 'CHANGE_ROLE'; readonly userId: UserId; readonly role: MemberRole }
  | { readonly kind: 'UNARCHIVE_PIPELINE'; readonly pipelineId: PipelineId }
  /** Ends the pipeline's queue grants. */
  | {
      readonly kind: 'MOVE_PIPELINE';
      readonly pipelineId: PipelineId;
      readonly clusterId: ClusterId;
    }
  | { readonly kind: 'OPEN_QUEUE'; readonly queueId: QueueId }
  /** The organization, or a team, lets its members create pipelines. */
  | { readonly kind: 'LET_MEMBERS_CREATE'; readonly ownerId: OrganizationId | TeamId }
  | {
      readonly kind: 'JOIN_TEAM';
      readonly userId: UserId;
      readonly teamId: TeamId;
      readonly role: TeamRole;
      /** The membership whose role is raised; null where there is none yet. */
      readonly raises: TeamMemberId | null;
    }
  | {
      readonly kind: 'GRANT_CLUSTER';
      readonly holderId: HolderId;
      readonly clusterId: ClusterId;
      readonly level: GivenClusterLevel;
    }
  | {
      readonly kind: 'GRANT_PIPELINE';
      readonly holderId: HolderId;
      readonly pipelineId: PipelineId;
      readonly level: PipelineLevel;
    }
  | {
      readonly kind: 'GRANT_QUEUE';
      readonly pipelineId: PipelineId;
      readonly queueId: QueueId;
      /** The new grant's patterns; none for every branch. */
      readonly branches: readonly string[];
      readonly expiresAt: number | null;
      /** The grant on the pair that does not match. The new one has its patterns and expiry too. */
      readonly replaces: GrantId | null;
    };
