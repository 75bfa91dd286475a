import type { MutationName } from '../operations';
import { prefixOf } from '../existence';
import type { Change } from './change';

/** A mutation of the API and what it is told. */
export interface Mutation {
  readonly mutation: MutationName;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The mutations that make a change, one after the other. */
export function mutationsFor(change: Change): readonly Mutation[] {
  switch (change.kind) {
    case 'CHANGE_ROLE': {
      const { userId, role } = change;
      return [{ mutation: 'organizationMemberUpdate', input: { userId, role } }];
    }
    case 'UNARCHIVE_PIPELINE':
      return [{ mutation: 'pipelineUnarchive', input: { pipelineId: change.pipelineId } }];
    case 'MOVE_PIPELINE': {
      const { pipelineId, clusterId } = change;
      return [{ mutation: 'pipelineMove', input: { pipelineId, clusterId } }];
    }
    case 'OPEN_QUEUE':
      return [{ mutation: 'clusterQueueUpdate', input: { queueId: change.queueId, mode: 'OPEN' } }];
    case 'LET_MEMBERS_CREATE':
      return [letMembersCreate(change.ownerId)];
    case 'JOIN_TEAM': {
      const { userId, teamId, role, raises } = change;
      return raises === null
        ? [{ mutation: 'teamMemberAdd', input: { teamId, userId, role } }]
        : [{ mutation: 'teamMemberUpdate', input: { teamMemberId: raises, role } }];
    }
    case 'GRANT_CLUSTER': {
      const { holderId, clusterId, level } = change;
      const input = { clusterId, ...holder(holderId) };
      return level === 'MAINTAINER'
        ? [{ mutation: 'clusterMaintainerAdd', input }]
        : [{ mutation: 'clusterGrant', input: { ...input, level } }];
    }
    case 'GRANT_PIPELINE': {
      const { holderId, pipelineId, level } = change;
      return [{ mutation: 'pipelineGrant', input: { pipelineId, ...holder(holderId), level } }];
    }
    case 'GRANT_QUEUE':
      return grantQueue(change);
  }
}

function letMembersCreate(ownerId: string): Mutation {
  const lets = { membersCanCreatePipelines: true };
  return prefixOf(ownerId) === 'tea'
    ? { mutation: 'teamUpdate', input: { teamId: ownerId, ...lets } }
    : { mutation: 'organizationUpdate', input: { organizationId: ownerId, ...lets } };
}

function grantQueue(change: Change & { kind: 'GRANT_QUEUE' }): readonly Mutation[] {
  const { pipelineId, queueId, branches, expiresAt, replaces } = change;
  const grant: Mutation = {
    mutation: 'queuePipelineGrant',
    input: { queueId, pipelineId, branches, expiresAt },
  };
  if (replaces === null) return [grant];
  return [{ mutation: 'queuePipelineRevoke', input: { grantId: replaces } }, grant];
}

function holder(holderId: string): Readonly<Record<string, string>> {
  return prefixOf(holderId) === 'usr' ? { userId: holderId } : { teamId: holderId };
}
