import { createCluster, deleteCluster, updateCluster } from '../../../src/domain/cluster/decide';
import {
  addClusterMaintainer,
  endClusterGrant,
  endClusterMaintainer,
  grantCluster,
} from '../../../src/domain/cluster/decide-grant';
import {
  ClusterCreated,
  ClusterDeleted,
  ClusterGranted,
  ClusterGrantRevoked,
  ClusterMaintainerAdded,
  ClusterMaintainerRemoved,
  ClusterUpdated,
} from '../../../src/domain/cluster/events';
import { given, GIVEN_AT } from '../../support/given-when-then';
import { sampleId } from '../../support/sample-ids';

const clusterId = sampleId('clu');
const holderId = sampleId('tea');
const grantId = sampleId('gra');
const maintainerId = sampleId('mai');
const queueId = sampleId('que');
const created = ClusterCreated.make(
  { clusterId, slug: 'prod', emoji: '🔒', color: null },
  { name: 'Production' },
);

test('a cluster has a look', () => {
  const wish = { slug: 'prod', name: 'Production', emoji: '🔒' };
  given()
    .when(() => createCluster(clusterId, wish, undefined))
    .then([created]);
});

test.each([
  [{ slug: 'pr\u043ed' }, 'slug'],
  [{ name: 'pr\u043ed' }, 'name'],
  [{ description: 'x'.repeat(2001) }, 'description'],
  [{ emoji: 'rocket' }, 'emoji'],
  [{ color: 'red' }, 'color'],
  [{ color: '#FFFFFF' }, 'color'],
])('%j is refused for its %s', (wish, field) => {
  given()
    .when(() => createCluster(clusterId, { slug: 'prod', name: 'Prod', ...wish }, undefined))
    .thenRefused('INVALID', field);
  given(created)
    .when((state) => updateCluster(state('cluster', clusterId), wish, undefined))
    .thenRefused('INVALID', field);
});

test('null clears, what is left out stays, what is so already is no change', () => {
  const wish = { emoji: null, color: '#00ff00', name: 'Production', defaultQueueId: queueId };
  given(created)
    .when((state) => updateCluster(state('cluster', clusterId), wish, undefined))
    .then([
      ClusterUpdated.make({ clusterId, emoji: null, color: '#00ff00', defaultQueueId: queueId }),
    ]);
  given(created)
    .when((state) => updateCluster(state('cluster', clusterId), { emoji: '🔒' }, undefined))
    .then([]);
});

test('the slug of another cluster, present or past, is taken', () => {
  given()
    .when(() => createCluster(clusterId, { slug: 'prod', name: 'Prod' }, sampleId('clu', 2)))
    .thenRefused('TAKEN', 'slug');
});

test('a cluster in use is not deleted, and by what it is used is told', () => {
  const usedBy = [{ kind: 'pipeline', id: sampleId('pip') }] as const;
  const refusal = given(created)
    .when((state) => deleteCluster(state('cluster', clusterId), { usedBy, hiddenCount: 0 }))
    .thenRefused('IN_USE', 'clusterId');
  expect(refusal).toMatchObject({ usedBy, hiddenCount: 0 });
  given(created)
    .when((state) => deleteCluster(state('cluster', clusterId), { usedBy: [], hiddenCount: 1 }))
    .thenRefused('IN_USE', 'clusterId');
  given(created)
    .when((state) => deleteCluster(state('cluster', clusterId), undefined))
    .then([ClusterDeleted.make({ clusterId })]);
});

test('a grant, its level and its expiry', () => {
  const wish = { level: 'USE', expiresAt: GIVEN_AT + 1 } as const;
  given(created)
    .when((state) => grantCluster(grantId, state('cluster', clusterId), holderId, wish, GIVEN_AT))
    .then([ClusterGranted.make({ grantId, clusterId, holderId, ...wish })]);
  given(created)
    .when((state) =>
      grantCluster(grantId, state('cluster', clusterId), holderId, wish, GIVEN_AT + 1),
    )
    .thenRefused('EXPIRY_IN_PAST', 'expiresAt');
});

test('a maintainer role and its expiry', () => {
  given(created)
    .when((state) =>
      addClusterMaintainer(maintainerId, state('cluster', clusterId), holderId, null, GIVEN_AT),
    )
    .then([ClusterMaintainerAdded.make({ maintainerId, clusterId, holderId, expiresAt: null })]);
  given(created)
    .when((state) =>
      addClusterMaintainer(maintainerId, state('cluster', clusterId), holderId, 1, GIVEN_AT),
    )
    .thenRefused('EXPIRY_IN_PAST', 'expiresAt');
});

test('endings name both ends', () => {
  const ids = { clusterId, holderId };
  given(ClusterGranted.make({ grantId, ...ids, level: 'VIEW', expiresAt: null }))
    .when((state) => [endClusterGrant(state('clusterGrant', grantId))])
    .then([ClusterGrantRevoked.make({ grantId, ...ids })]);
  given(ClusterMaintainerAdded.make({ maintainerId, ...ids, expiresAt: null }))
    .when((state) => [endClusterMaintainer(state('clusterMaintainer', maintainerId))])
    .then([ClusterMaintainerRemoved.make({ maintainerId, ...ids })]);
});
