import { questionAbout } from '../difference/compared';
import { decide } from '../engine';
import { isTeam } from '../existence';
import type { Fact, Facts } from '../facts';
import type { Grounds } from './redundant';

/**
 * Why the grant does not give what it says: BUILD to nobody who may build, or a queue to a pipeline
 * that cannot run. Null if it does. Calls of Facts grow with the members of a team that holds it.
 */
export function ineffectiveness(facts: Facts, grant: Fact): Grounds | null {
  if (grant.relation === 'queueGrant') return archived(facts, grant);
  return grant.relation === 'pipelineGrant' && grant.level === 'BUILD'
    ? unbuilt(facts, grant)
    : null;
}

function archived(facts: Facts, { subject }: Fact): Grounds | null {
  const found = facts.of(subject, 'pipelineArchived');
  return found.length === 0 ? null : { message: 'The pipeline is archived.', facts: found };
}

function unbuilt(facts: Facts, { subject, object }: Fact): Grounds | null {
  const users = isTeam(subject)
    ? facts.on(subject, 'teamMember').map((membership) => membership.subject)
    : [subject];
  if (users.length === 0) return { message: 'The team has no members.', facts: [] };
  const builds = users.some(
    (user) => decide(facts, questionAbout(user, 'pipeline:build', object)).allowed,
  );
  if (builds) return null;
  const message = isTeam(subject)
    ? "No member of the team has cluster:use on the pipeline's cluster, so none may build it."
    : "The holder lacks cluster:use on the pipeline's cluster, so may not build it.";
  return { message, facts: facts.of(object, 'pipelineCluster') };
}
