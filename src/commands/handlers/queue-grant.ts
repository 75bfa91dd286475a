import { NOWHERE } from '../../access/rule';
import { endQueueGrant, grantQueue } from '../../domain/queue/decide-grant';
import { isRefusal, notFound } from '../../domain/refusal';
import type { QueuePipelineGrantInput, QueuePipelineRevokeInput } from '../inputs';
import { onEntity } from './on-entity';
import { clearPair } from './pair';
import { after, planOf } from './plan';
import { isReadable } from './readable';

export const queuePipelineGrant = onEntity<'queue', 'queueId', QueuePipelineGrantInput>({
  mutation: 'queuePipelineGrant',
  kind: 'queue',
  field: 'queueId',
  of: (queue) => queue?.clusterId,
  decide: (queue, input, world, { caller, newId }) => {
    const pipeline = world.get('pipeline', input.pipelineId);
    const isKnown =
      pipeline?.clusterId === queue.clusterId || isReadable(world, caller, input.pipelineId);
    if (pipeline === undefined || !isKnown) return notFound('pipelineId');
    const cleared = clearPair(world, pipeline.id, 'queueGrant', queue.id, null);
    if (isRefusal(cleared)) return cleared;
    const { branches = [], expiresAt = null } = input;
    const grantId = newId('gra');
    const decided = grantQueue(grantId, queue, pipeline, { branches, expiresAt }, world.now);
    const ids = { grantId, queueId: queue.id, pipelineId: pipeline.id };
    return planOf(after(cleared, decided), ids);
  },
});

export const queuePipelineRevoke = onEntity<'queueGrant', 'grantId', QueuePipelineRevokeInput>({
  mutation: 'queuePipelineRevoke',
  kind: 'queueGrant',
  field: 'grantId',
  of: (grant, world) => world.get('queue', grant?.queueId ?? NOWHERE)?.clusterId,
  decide: (grant) => {
    const { id: grantId, queueId, pipelineId } = grant;
    return planOf([endQueueGrant(grant)], { grantId, queueId, pipelineId });
  },
});
