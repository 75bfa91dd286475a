import type { Action } from '../actions';
import { exists } from '../existence';
import type { Fact } from '../facts';
import type { Reason } from '../question';
import { anyOf, bothOf, eachOf, followedBy, joinAll, NONE, through } from '../rule';
import type { MemberAsked, Row, Rule, Verdict } from '../rule';
import { admin, auditor, chainOf, holdingsOn, holds } from '../standing';
import { grantedUse, maintainsCluster, usesCluster } from './cluster';

/** Below ADMIN, what gives a right on a pipeline. */
export const grantedManage = holds('pipelineGrant', ['MANAGE']);
const grantedBuild = holds('pipelineGrant', ['BUILD', 'MANAGE']);
const grantedRead = holds('pipelineGrant', ['READ', 'BUILD', 'MANAGE']);

/** A pipeline in no cluster runs nowhere, so building it asks for no cluster's use. */
const IN_NO_CLUSTER: readonly Reason[] = [{ rule: 'in no cluster', facts: [] }];

const usesItsCluster: Rule = (asked, pipelineId) => {
  const link = asked.facts.of(pipelineId, 'pipelineCluster')[0];
  return link === undefined ? IN_NO_CLUSTER : followedBy(usesCluster(asked, link.object), link);
};

const useWhereOrganizationLets: Rule = (asked, clusterId) => {
  const lets = creationFact(asked, asked.facts.organizationId);
  if (lets === undefined) return NONE;
  const creation = { rule: 'the organization lets its members create', facts: [lets] };
  return joinAll(grantedUse(asked, clusterId), [creation]);
};

const useThroughTeamThatLets: Rule = (asked, clusterId) =>
  eachOf(asked, holdingsOn(asked, 'clusterGrant', clusterId), (holding) => {
    if (holding.membership === null || holding.fact.level !== 'USE') return NONE;
    const lets = creationFact(asked, holding.membership.object);
    if (lets === undefined) return NONE;
    const creation = { rule: 'that team lets its members create', facts: [lets] };
    return joinAll([chainOf(holding)], [creation]);
  });

function creationFact({ facts }: MemberAsked, owner: string): Fact | undefined {
  return facts.between(owner, 'pipelineCreation', facts.organizationId)[0];
}

/** Below maintainers: USE, and somebody who lets pipelines be created with it. */
export const createsWithUse = anyOf(useWhereOrganizationLets, useThroughTeamThatLets);

/** Below ADMIN, who may create a pipeline in a cluster. */
const createsPipelines = anyOf(maintainsCluster, createsWithUse);

function movesPipeline(asked: MemberAsked, pipelineId: string): Verdict {
  const { targetClusterId } = asked.question;
  if (targetClusterId === undefined) return NONE;
  if (targetClusterId === null) {
    return anyOf(
      admin,
      grantedManage,
      through('pipelineCluster', maintainsCluster),
    )(asked, pipelineId);
  }
  const there = exists(asked.facts, 'cluster', targetClusterId);
  const createsThere: Rule = () => createsPipelines(asked, targetClusterId);
  const reasons = anyOf(admin, bothOf(grantedManage, createsThere))(asked, pipelineId);
  return there ? reasons : 'NOT_FOUND';
}

/** Rules about pipelines. Calls of Facts: member, pipeline, its grants; build three more, move four. */
export const pipelineRows = {
  'pipeline:create': {
    text: 'In a cluster: ADMIN; a maintainer of the cluster; who has cluster:use, where the organization lets its members create pipelines; or who is granted USE through a team that lets its members create them.',
    user: anyOf(admin, createsPipelines),
  },
  'pipeline:read': {
    text: 'ADMIN or AUDITOR; a maintainer of its cluster; or who is granted READ, BUILD or MANAGE.',
    user: anyOf(admin, auditor, grantedRead, through('pipelineCluster', maintainsCluster)),
  },
  'pipeline:build': {
    text: 'ADMIN; or who is granted BUILD or MANAGE and has cluster:use on its cluster, if it has one.',
    user: anyOf(admin, bothOf(grantedBuild, usesItsCluster)),
  },
  'pipeline:manage': { text: 'ADMIN or who is granted MANAGE.', user: anyOf(admin, grantedManage) },
  'pipeline:move': {
    text: 'Into a cluster: ADMIN; or who has pipeline:manage on it and pipeline:create in the target. Out of every cluster: who has pipeline:manage on it, or cluster:manage on the cluster it is in.',
    user: movesPipeline,
  },
} satisfies Partial<Record<Action, Row>>;
