import type { Action } from '../actions';
import { anyOf, type Row } from '../rule';
import { admin, auditor, holds } from '../standing';

/** Below ADMIN, what gives a right on a cluster: each directly or through a team. */
export const maintainsCluster = holds('clusterMaintainer');
export const grantedUse = holds('clusterGrant', ['USE']);
export const usesCluster = anyOf(grantedUse, maintainsCluster);

const grantedAny = holds('clusterGrant', ['VIEW', 'USE']);

/** Rules about clusters. Calls of Facts: member, cluster, then at most two lookups of holdings. */
export const clusterRows = {
  'cluster:read': {
    text: 'ADMIN or AUDITOR; who has cluster:use; or who is granted VIEW, directly or through a team.',
    user: anyOf(admin, auditor, grantedAny, maintainsCluster),
  },
  'cluster:use': {
    text: 'ADMIN; a maintainer of it, directly or through a team; or who is granted USE, directly or through a team.',
    user: anyOf(admin, usesCluster),
  },
  'cluster:manage': {
    text: 'ADMIN or a maintainer of it.',
    user: anyOf(admin, maintainsCluster),
  },
  'cluster:maintainers': { text: 'ADMIN.', user: admin },
  'cluster:delete': { text: 'ADMIN.', user: admin },
} satisfies Partial<Record<Action, Row>>;
