import type { Action } from '../actions';
import type { Principal } from '../question';
import { askers, managersOfWhatItHolds } from './managed';
import { clusterReach, creators, maintainers, queueReach, use } from './reach';
import { agentRuns, queueRuns } from './runs';
import {
  admins,
  auditors,
  belongs,
  eitherOf,
  holds,
  members,
  oneself,
  past,
  subjectsIn,
  type Walk,
} from './walk';

/** How each kind of principal that a rule knows is found; lists of subjects are of two kinds. */
export interface Walks extends Partial<
  Record<Exclude<Principal['kind'], 'user' | 'pipeline'>, Pick<Walk, 'resources'>>
> {
  readonly user?: Walk;
  readonly pipeline?: Walk;
}

const ADMINS: Walks = { user: admins };
const maintainsItsCluster = past('pipelineCluster', maintainers);
const manages = holds('pipelineGrant', ['MANAGE']);

const movesOut: Walk = {
  subjects: (facts, resource, ask) =>
    ask.targetClusterId === null ? maintainsItsCluster.subjects(facts, resource, ask) : [],
  resources: (facts, subject, ask) =>
    ask.targetClusterId === null ? maintainsItsCluster.resources(facts, subject, ask) : [],
};

/** The rules of version 1 from both of their ends: every action has its walks. */
export const WALKS_VERSION_1: Readonly<Record<Action, Walks>> = {
  'organization:create': {},
  'organization:read': { user: members },
  'organization:manage': ADMINS,
  'member:manage': ADMINS,
  'pipeline-creation:manage': ADMINS,
  'audit:read': { user: eitherOf(admins, auditors) },
  'team:create': ADMINS,
  'team:delete': ADMINS,
  'team:read': { user: eitherOf(admins, auditors, belongs(), managersOfWhatItHolds) },
  'team:manage': { user: eitherOf(admins, belongs('MAINTAINER')) },
  'cluster:create': ADMINS,
  'cluster:delete': ADMINS,
  'cluster:maintainers': ADMINS,
  'cluster:use': { user: eitherOf(admins, maintainers, use) },
  'cluster:read': { user: eitherOf(admins, auditors, maintainers, holds('clusterGrant')) },
  'cluster:manage': { user: eitherOf(admins, maintainers) },
  'cluster:reach': { user: eitherOf(admins, clusterReach) },
  'pipeline:create': { user: eitherOf(admins, maintainers, creators) },
  'pipeline:read': {
    user: eitherOf(admins, auditors, holds('pipelineGrant'), maintainsItsCluster),
  },
  'pipeline:build': { user: eitherOf(admins, holds('pipelineGrant', ['BUILD', 'MANAGE'])) },
  'pipeline:manage': { user: eitherOf(admins, manages) },
  'pipeline:move': { user: eitherOf(admins, manages, movesOut) },
  'queue:run': { pipeline: queueRuns },
  'queue:reach': { user: eitherOf(admins, queueReach) },
  'agent:run': { pipeline: agentRuns },
  'agent:register': {
    agentKey: {
      resources: (facts, keyId) =>
        facts
          .of(keyId, 'keyCluster')
          .flatMap(({ object }) => subjectsIn(facts.on(object, 'queueCluster'))),
    },
  },
  'agent:session': { agent: oneself },
  'access:ask': { user: eitherOf(admins, auditors, askers) },
  'api-token:create': {
    user: eitherOf(oneself, admins),
    host: {
      resources: (facts) => subjectsIn(facts.on(facts.organizationId, 'member')),
    },
  },
  'api-token:revoke': { user: eitherOf(oneself, admins) },
  'api-token:read': { user: eitherOf(oneself, admins, auditors) },
};
