import type { Action } from '../actions';
import type { Asked } from '../rule';
import { managesIt } from './ask';
import { createsPipelines } from './creation';
import type { Family } from './family';
import { onCluster } from './held';
import { whole, type Lot } from './lot';
import { buildsPipeline, managesPipeline, movesPipeline, readsPipeline } from './pipeline';
import { runsOnAgent, runsOnNamed } from './queue';
import { reachesCluster, reachesQueue } from './reach';
import { only, type Subject } from './subject';
import { maintainsTeam, readsTeam } from './team';

/** What a MEMBER lacks for an action on the resource, below the roles ADMIN and AUDITOR. */
type Lacks = (subject: Subject, resource: string) => readonly Lot[];

/** For each action, what each kind of principal lacks; nobody else can be helped. */
export interface MissingRules {
  /** Actions that are left out come with a role alone. */
  readonly user: Readonly<Partial<Record<Action, Lacks>>>;
  readonly pipeline: Readonly<Partial<Record<Action, (asked: Asked, id: string) => Family>>>;
}

const simply =
  (lacks: (subject: Subject, resource: string) => Family): Lacks =>
  (subject, resource) =>
    whole(lacks(subject, resource));

/** The rules of version 1 once more, read as what would have to be so. */
export const MISSING_VERSION_1: MissingRules = {
  user: {
    'team:read': simply(readsTeam),
    'team:manage': simply(maintainsTeam),
    'cluster:read': simply((subject, id) => onCluster(subject, only(id, 'the cluster'), 'VIEW')),
    'cluster:use': simply((subject, id) => onCluster(subject, only(id, 'the cluster'), 'USE')),
    'cluster:manage': simply((subject, id) =>
      onCluster(subject, only(id, 'the cluster'), 'MAINTAINER'),
    ),
    'cluster:reach': reachesCluster,
    'pipeline:create': simply((subject, id) => createsPipelines(subject, only(id, 'the cluster'))),
    'pipeline:read': simply(readsPipeline),
    'pipeline:build': simply(buildsPipeline),
    'pipeline:manage': simply(managesPipeline),
    'pipeline:move': simply(movesPipeline),
    'queue:reach': reachesQueue,
    'access:ask': simply(managesIt),
  },
  pipeline: {
    'queue:run': runsOnNamed,
    'agent:run': runsOnAgent,
  },
};
