import {
  ClusterCreated,
  ClusterDeleted,
  ClusterGranted,
  ClusterGrantRevoked,
  ClusterMaintainerAdded,
  ClusterMaintainerRemoved,
} from '../../../../src/domain/cluster/events';
import type { ClusterId, HolderId, QueueId } from '../../../../src/domain/id';
import {
  QueueCreated,
  QueueDeleted,
  QueueModeChanged,
  QueuePaused,
} from '../../../../src/domain/queue/events';
import { ending, type Act } from '../history-builder';

export const clusterActs = {
  clusterCreate: (builder) => {
    const clusterId = builder.newId('clu');
    builder.begin(
      { kind: 'cluster', id: clusterId, names: [], ended: ClusterDeleted.make({ clusterId }) },
      ClusterCreated.make(
        { clusterId, slug: 'cluster', emoji: null, color: null },
        { name: 'cluster' },
      ),
    );
  },
  clusterDelete: (builder, { a }) => {
    const cluster = builder.pick('cluster', a);
    if (cluster === undefined) return;
    const inUse = builder.items('pipeline').some(({ id }) => builder.clusterOf(id) === cluster.id);
    if (!inUse) builder.end(cluster);
  },
  maintainerAdd: (builder, { a, b, c }) => {
    const [cluster, holder] = [builder.pick('cluster', a), builder.pickHolder(b)];
    if (cluster === undefined || holder === undefined) return;
    const names = [cluster.id, holder.id];
    if (builder.has('maintainer', names)) return;
    const maintainerId = builder.newId('mai');
    const clusterId = cluster.id as ClusterId;
    const ids = { maintainerId, clusterId, holderId: holder.id as HolderId };
    builder.begin(
      { kind: 'maintainer', id: maintainerId, names, ended: ClusterMaintainerRemoved.make(ids) },
      ClusterMaintainerAdded.make({ ...ids, expiresAt: builder.expiry(c) }),
    );
  },
  maintainerRemove: ending('maintainer'),
  clusterGrant: (builder, { a, b, c }) => {
    const [cluster, holder] = [builder.pick('cluster', a), builder.pickHolder(b)];
    const level = c % 3 === 0 ? 'VIEW' : 'USE';
    if (cluster === undefined || holder === undefined) return;
    const names = [cluster.id, holder.id];
    if (builder.has('clusterGrant', names, level)) return;
    const grantId = builder.newId('gra');
    const clusterId = cluster.id as ClusterId;
    const ids = { grantId, clusterId, holderId: holder.id as HolderId };
    builder.begin(
      { kind: 'clusterGrant', id: grantId, names, level, ended: ClusterGrantRevoked.make(ids) },
      ClusterGranted.make({ ...ids, level, expiresAt: builder.expiry(c) }),
    );
  },
  clusterRevoke: ending('clusterGrant'),

  queueCreate: (builder, { a, b }) => {
    const cluster = builder.pick('cluster', a);
    if (cluster === undefined) return;
    const ids = { queueId: builder.newId('que'), clusterId: cluster.id as ClusterId };
    builder.begin(
      { kind: 'queue', id: ids.queueId, names: [cluster.id], ended: QueueDeleted.make(ids) },
      QueueCreated.make({ ...ids, key: 'queue', mode: mode(b) }),
    );
  },
  queueMode: (builder, { a, b }) => {
    const queue = builder.pick('queue', a);
    if (queue === undefined) return;
    const ids = { queueId: queue.id as QueueId, clusterId: queue.names[0] as ClusterId };
    builder.record(QueueModeChanged.make({ ...ids, mode: mode(b) }));
  },
  queuePause: (builder, { a }) => {
    const queue = builder.pick('queue', a);
    if (queue === undefined) return;
    const ids = { queueId: queue.id as QueueId, clusterId: queue.names[0] as ClusterId };
    builder.record(QueuePaused.make(ids));
  },
  queueDelete: ending('queue'),
} satisfies Record<string, Act>;

function mode(n: number): 'OPEN' | 'RESTRICTED' {
  return n % 3 === 0 ? 'OPEN' : 'RESTRICTED';
}
