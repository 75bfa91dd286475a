import { ACTION_NAMES, ACTIONS, type Action } from '../actions';
import { decide } from '../engine';
import { prefixOf } from '../existence';
import type { Facts } from '../facts';
import { principalOf } from '../lists/lists';
import type { Question } from '../question';

/** Where members are compared: not about API tokens, and not moves, which need a target. */
const KINDS = { org: 'organization', tea: 'team', clu: 'cluster', que: 'queue', pip: 'pipeline' };

const OF_MEMBERS: ReadonlyMap<string, readonly Action[]> = new Map(
  Object.entries(KINDS).map(([prefix, kind]) => [
    prefix,
    ACTION_NAMES.filter(
      (action) =>
        ACTIONS[action] === kind &&
        !['pipeline:move', 'queue:run', 'agent:register'].includes(action),
    ),
  ]),
);
const OF_PIPELINES: ReadonlyMap<string, readonly Action[]> = new Map<string, readonly Action[]>([
  ['que', ['queue:run']],
  ['agt', ['agent:run']],
]);

/** The actions of a member or a pipeline on the resource that differences tell of. */
export function comparedActions(subject: string, resource: string): readonly Action[] {
  const actions = prefixOf(subject) === 'pip' ? OF_PIPELINES : OF_MEMBERS;
  return actions.get(prefixOf(resource)) ?? [];
}

/** How far it is allowed: not at all, on every branch, or on those that match a pattern. */
export type Extent = 'NONE' | 'EVERY' | readonly string[];

/** The question whether the subject may do it, on one branch if given. */
export function questionAbout(
  subject: string,
  action: Action,
  resource: string,
  branch?: string,
): Question {
  const principal = principalOf(prefixOf(subject) === 'pip' ? 'pipeline' : 'user', subject);
  const question = { principal, action, resource };
  return branch === undefined ? question : { ...question, branch };
}

/** How far the subject may do it. A pattern is itself a branch that it matches. */
export function extentOf(facts: Facts, subject: string, action: Action, resource: string): Extent {
  const { allowed, code } = decide(facts, questionAbout(subject, action, resource));
  if (allowed) return 'EVERY';
  if (code !== 'BRANCH_REQUIRED') return 'NONE';
  const queueId = facts.agent(resource)?.queueId ?? resource;
  const patterns = facts
    .between(subject, 'queueGrant', queueId)
    .flatMap(({ detail }) => detail?.branches ?? [])
    .filter((branch) => decide(facts, questionAbout(subject, action, resource, branch)).allowed);
  return patterns.length === 0 ? 'NONE' : [...new Set(patterns)].sort();
}
