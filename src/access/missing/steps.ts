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
import type { Fact } from '../facts';
import type { Change, GivenClusterLevel } from './change';
import type { Choice, Step } from './step';

/** Each includes those before it. */
const CLUSTER_LEVELS: readonly GivenClusterLevel[] = ['VIEW', 'USE', 'MAINTAINER'];
const PIPELINE_LEVELS: readonly PipelineLevel[] = ['READ', 'BUILD', 'MANAGE'];

/** The levels that include this one. */
export function clusterLevelsFrom(level: GivenClusterLevel): readonly GivenClusterLevel[] {
  return CLUSTER_LEVELS.slice(CLUSTER_LEVELS.indexOf(level));
}

/** The levels that include this one. */
export function pipelineLevelsFrom(level: PipelineLevel): readonly PipelineLevel[] {
  return PIPELINE_LEVELS.slice(PIPELINE_LEVELS.indexOf(level));
}

function step(
  kind: Change['kind'],
  on: readonly Choice[],
  phrase: string,
  change: Step['change'],
  rank = 0,
): Step {
  return { kind, on, rank, phrase, gives: [], change };
}

export function changeRole(user: Choice, role: MemberRole): Step {
  return step('CHANGE_ROLE', [user], `change the role of ${user.name} to ${role}`, ([userId]) => ({
    kind: 'CHANGE_ROLE',
    userId: userId as UserId,
    role,
  }));
}

export function unarchive(pipeline: Choice): Step {
  return step('UNARCHIVE_PIPELINE', [pipeline], `unarchive ${pipeline.name}`, ([pipelineId]) => ({
    kind: 'UNARCHIVE_PIPELINE',
    pipelineId: pipelineId as PipelineId,
  }));
}

export function movePipeline(pipeline: Choice, cluster: Choice): Step {
  const phrase = `move ${pipeline.name} into ${cluster.name}`;
  return step('MOVE_PIPELINE', [pipeline, cluster], phrase, ([pipelineId, clusterId]) => ({
    kind: 'MOVE_PIPELINE',
    pipelineId: pipelineId as PipelineId,
    clusterId: clusterId as ClusterId,
  }));
}

export function openQueue(queue: Choice): Step {
  return step('OPEN_QUEUE', [queue], `open ${queue.name}`, ([queueId]) => ({
    kind: 'OPEN_QUEUE',
    queueId: queueId as QueueId,
  }));
}

/** The owner is the organization or a team. */
export function letMembersCreate(owner: Choice): Step {
  const phrase = `let the members of ${owner.name} create pipelines`;
  return step('LET_MEMBERS_CREATE', [owner], phrase, ([ownerId]) => ({
    kind: 'LET_MEMBERS_CREATE',
    ownerId: ownerId as OrganizationId | TeamId,
  }));
}

/** To be a MAINTAINER of the team, whether one is in it already or not. */
export function maintainTeam(userId: string, team: Choice, membership: Fact | undefined): Step {
  const phrase = membership === undefined ? 'join' : 'be raised in';
  return step('JOIN_TEAM', [team], `${phrase} ${team.name} as a MAINTAINER`, ([teamId]) => ({
    kind: 'JOIN_TEAM',
    userId: userId as UserId,
    teamId: teamId as TeamId,
    role: 'MAINTAINER',
    raises: (membership?.source ?? null) as TeamMemberId | null,
  }));
}

export function grantCluster(holder: Choice, cluster: Choice, level: GivenClusterLevel): Step {
  const phrase =
    level === 'MAINTAINER'
      ? `make ${holder.name} a maintainer of ${cluster.name}`
      : `grant ${holder.name} ${level} on ${cluster.name}`;
  const change: Step['change'] = ([holderId, clusterId]) => ({
    kind: 'GRANT_CLUSTER',
    holderId: holderId as HolderId,
    clusterId: clusterId as ClusterId,
    level,
  });
  return step('GRANT_CLUSTER', [holder, cluster], phrase, change, CLUSTER_LEVELS.indexOf(level));
}

export function grantPipeline(holder: Choice, pipeline: Choice, level: PipelineLevel): Step {
  const phrase = `grant ${holder.name} ${level} on ${pipeline.name}`;
  const change: Step['change'] = ([holderId, pipelineId]) => ({
    kind: 'GRANT_PIPELINE',
    holderId: holderId as HolderId,
    pipelineId: pipelineId as PipelineId,
    level,
  });
  return step('GRANT_PIPELINE', [holder, pipeline], phrase, change, PIPELINE_LEVELS.indexOf(level));
}

/** For the branches, none for every one; with what it takes over from the grant it replaces. */
export function grantQueue(
  pipeline: Choice,
  queue: Choice,
  branches: readonly string[] = [],
  replaced?: Fact,
): Step {
  const which = branches.length === 0 ? 'every branch' : 'the branch';
  const instead = replaced === undefined ? '' : `, instead of the grant that is there`;
  const phrase = `grant ${pipeline.name} on ${queue.name} for ${which}${instead}`;
  return step('GRANT_QUEUE', [pipeline, queue], phrase, ([pipelineId, queueId]) => ({
    kind: 'GRANT_QUEUE',
    pipelineId: pipelineId as PipelineId,
    queueId: queueId as QueueId,
    branches,
    expiresAt: replaced?.expiresAt ?? null,
    replaces: (replaced?.source ?? null) as GrantId | null,
  }));
}
