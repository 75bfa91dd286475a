import type { ClusterId, HolderId, PipelineId, QueueId } from '../../../../src/domain/id';
import {
  PIPELINE_LEVELS,
  PipelineArchived,
  PipelineCreated,
  PipelineGranted,
  PipelineGrantRevoked,
  PipelineMoved,
  PipelineUnarchived,
} from '../../../../src/domain/pipeline/events';
import {
  QueuePipelineGranted,
  QueuePipelineGrantRevoked,
} from '../../../../src/domain/queue/events';
import { ending, of, type Act } from '../history-builder';

const BRANCHES = [[], ['main'], ['release/*'], ['main', 'v*'], ['*'], ['*/hot*x']];

export const pipelineActs = {
  pipelineCreate: (builder, { a, b }) => {
    const cluster = b % 4 === 0 ? undefined : builder.pick('cluster', a);
    const pipelineId = builder.newId('pip');
    const clusterId = (cluster?.id ?? null) as ClusterId | null;
    builder.begin(
      // Pipelines never end; this one's ending is never used.
      { kind: 'pipeline', id: pipelineId, names: [], ended: PipelineArchived.make({ pipelineId }) },
      PipelineCreated.make(
        { pipelineId, slug: 'pipeline', clusterId },
        { name: 'pipeline', repository: null },
      ),
    );
  },
  pipelineMove: (builder, { a, b }) => {
    const pipeline = builder.pick('pipeline', a);
    if (pipeline === undefined) return;
    const target = b % 3 === 0 ? undefined : builder.pick('cluster', b);
    const clusterId = (target?.id ?? null) as ClusterId | null;
    const fromClusterId = builder.clusterOf(pipeline.id) as ClusterId | null;
    if (clusterId === fromClusterId) return;
    for (const grant of builder.items('queueGrant')) {
      if (grant.names.includes(pipeline.id)) builder.end(grant);
    }
    const pipelineId = pipeline.id as PipelineId;
    builder.record(PipelineMoved.make({ pipelineId, fromClusterId, clusterId }));
  },
  pipelineArchive: (builder, { a }) => {
    const pipeline = builder.pick('pipeline', a);
    if (pipeline === undefined) return;
    builder.record(PipelineArchived.make({ pipelineId: pipeline.id as PipelineId }));
  },
  pipelineUnarchive: (builder, { a }) => {
    const pipeline = builder.pick('pipeline', a);
    if (pipeline === undefined) return;
    builder.record(PipelineUnarchived.make({ pipelineId: pipeline.id as PipelineId }));
  },
  pipelineGrant: (builder, { a, b, c }) => {
    const [pipeline, holder] = [builder.pick('pipeline', a), builder.pickHolder(b)];
    const level = of(PIPELINE_LEVELS, c) ?? 'READ';
    if (pipeline === undefined || holder === undefined) return;
    const names = [pipeline.id, holder.id];
    if (builder.has('pipelineGrant', names, level)) return;
    const grantId = builder.newId('gra');
    const pipelineId = pipeline.id as PipelineId;
    const ids = { grantId, pipelineId, holderId: holder.id as HolderId };
    builder.begin(
      { kind: 'pipelineGrant', id: grantId, names, level, ended: PipelineGrantRevoked.make(ids) },
      PipelineGranted.make({ ...ids, level, expiresAt: builder.expiry(c) }),
    );
  },
  pipelineRevoke: ending('pipelineGrant'),
  queueGrant: (builder, { a, b, c }) => {
    const queue = builder.pick('queue', a);
    const inside = builder
      .items('pipeline')
      .filter(({ id }) => builder.clusterOf(id) === queue?.names[0]);
    const pipeline = of(inside, b);
    if (queue === undefined || pipeline === undefined) return;
    const branches = of(BRANCHES, c) ?? [];
    const level = branches.join();
    const names = [queue.id, pipeline.id];
    if (builder.has('queueGrant', names, level)) return;
    const grantId = builder.newId('gra');
    const queueId = queue.id as QueueId;
    const ids = { grantId, queueId, pipelineId: pipeline.id as PipelineId };
    builder.begin(
      { kind: 'queueGrant', id: grantId, names, level, ended: QueuePipelineGrantRevoked.make(ids) },
      QueuePipelineGranted.make({ ...ids, branches, expiresAt: builder.expiry(c) }),
    );
  },
  queueRevoke: ending('queueGrant'),
} satisfies Record<string, Act>;
