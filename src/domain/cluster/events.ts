import { Type } from '@sinclair/typebox';
import { defineEvent, holderId, idOf, instant, nullable, oneOf, type EventOf } from '../event';
import { COLOR_PATTERN, NAME_MAX, SLUG_PATTERN, TEXT_MAX } from '../text';

export const CLUSTER_LEVELS = ['VIEW', 'USE'] as const;
export type ClusterLevel = (typeof CLUSTER_LEVELS)[number];

const clusterId = idOf('clu');
const slug = Type.String({ pattern: SLUG_PATTERN });
const name = Type.String({ minLength: 1, maxLength: NAME_MAX });
const description = Type.String({ maxLength: TEXT_MAX });
const emoji = nullable(Type.String({ minLength: 1, maxLength: 32 }));
const color = nullable(Type.String({ pattern: COLOR_PATTERN }));
const maintainerId = idOf('mai');
const grantId = idOf('gra');

export const ClusterCreated = defineEvent({
  type: 'ClusterCreated',
  entity: 'cluster',
  id: 'clusterId',
  data: { clusterId, slug, emoji, color },
  personal: { name, description: Type.Optional(description) },
});

export const ClusterUpdated = defineEvent({
  type: 'ClusterUpdated',
  entity: 'cluster',
  id: 'clusterId',
  data: {
    clusterId,
    slug: Type.Optional(slug),
    emoji: Type.Optional(emoji),
    color: Type.Optional(color),
    defaultQueueId: Type.Optional(nullable(idOf('que'))),
  },
  personal: { name: Type.Optional(name), description: Type.Optional(description) },
});

export const ClusterDeleted = defineEvent({
  type: 'ClusterDeleted',
  entity: 'cluster',
  id: 'clusterId',
  ends: true,
  data: { clusterId },
});

export const ClusterMaintainerAdded = defineEvent({
  type: 'ClusterMaintainerAdded',
  entity: 'clusterMaintainer',
  id: 'maintainerId',
  data: { maintainerId, clusterId, holderId, expiresAt: nullable(instant) },
});

export const ClusterMaintainerRemoved = defineEvent({
  type: 'ClusterMaintainerRemoved',
  entity: 'clusterMaintainer',
  id: 'maintainerId',
  ends: true,
  data: { maintainerId, clusterId, holderId },
});

export const ClusterGranted = defineEvent({
  type: 'ClusterGranted',
  entity: 'clusterGrant',
  id: 'grantId',
  data: {
    grantId,
    clusterId,
    holderId,
    level: oneOf(CLUSTER_LEVELS),
    expiresAt: nullable(instant),
  },
});

export const ClusterGrantRevoked = defineEvent({
  type: 'ClusterGrantRevoked',
  entity: 'clusterGrant',
  id: 'grantId',
  ends: true,
  data: { grantId, clusterId, holderId },
});

export type ClusterEvent =
  EventOf<typeof ClusterCreated> | EventOf<typeof ClusterUpdated> | EventOf<typeof ClusterDeleted>;
export type ClusterMaintainerEvent =
  EventOf<typeof ClusterMaintainerAdded> | EventOf<typeof ClusterMaintainerRemoved>;
export type ClusterGrantEvent =
  EventOf<typeof ClusterGranted> | EventOf<typeof ClusterGrantRevoked>;

export const clusterEvents = [
  ClusterCreated,
  ClusterUpdated,
  ClusterDeleted,
  ClusterMaintainerAdded,
  ClusterMaintainerRemoved,
  ClusterGranted,
  ClusterGrantRevoked,
];
