import type { PipelineId, UserId } from '../../domain/id';
import { ACTION_NAMES, ACTIONS, type Action } from '../actions';
import { Alike, isSharedByAlike } from '../alike/alike';
import { Crowd } from '../alike/crowd';
import { decide } from '../engine';
import { exists } from '../existence';
import type { Facts } from '../facts';
import type { Principal } from '../question';
import { rulesOf } from '../rules-version';
import { hasResources, questionOf, type ListAsk } from './ask';

/** Who can be listed: members, as they are without an API token, and pipelines. */
export type SubjectKind = 'user' | 'pipeline';

/**
 * Everyone of the kind who may do it on the resource: complete, none if there is no such thing, ids
 * ascending. Reads what stands on the resource; the engine confirms what is found, of those who stand
 * alike to the resource one.
 */
export function subjectsOf(
  facts: Facts,
  kind: SubjectKind,
  resource: string,
  ask: ListAsk,
): readonly string[] {
  if (!exists(facts, ACTIONS[ask.action], resource)) return [];
  const found = rulesOf(facts).walks[ask.action][kind]?.subjects(facts, resource, ask) ?? [];
  const allows = (id: string): boolean =>
    decide(facts, questionOf(ask, principalOf(kind, id), resource)).allowed;
  if (!isSharedByAlike(ask.action)) return confirmed(found, allows);
  const crowd = new Crowd([...new Set(found)].sort(), [facts]);
  const partition = new Alike([facts]).partition(crowd, resource, [ask.action]);
  const allowed = new Set(
    partition
      .classes()
      .filter(({ first }) => allows(crowd.ids[first] ?? ''))
      .map(({ index }) => index),
  );
  return crowd.ids.filter((_id, place) => allowed.has(partition.classOf(place)));
}

/**
 * Everything on which the principal may do it: complete, ids ascending. Reads what the principal
 * holds; for an ADMIN that is everything of the action's kind.
 *
 * Throws a RangeError for an action whose resources are of no one kind: see `hasResources`.
 */
export function resourcesOf(facts: Facts, principal: Principal, ask: ListAsk): readonly string[] {
  if (!hasResources(ask.action)) throw new RangeError(`${ask.action} has no list of resources`);
  const walk = rulesOf(facts).walks[ask.action][principal.kind];
  const subject = 'id' in principal ? principal.id : '';
  return confirmed(
    walk?.resources(facts, subject, ask) ?? [],
    (resource) => decide(facts, questionOf(ask, principal, resource)).allowed,
  );
}

/** Every action that the principal may do on the resource, in the order of the table of actions. */
export function actionsOf(
  facts: Facts,
  principal: Principal,
  resource: string,
  ask: Omit<ListAsk, 'action'>,
): readonly Action[] {
  return ACTION_NAMES.filter(
    (action) => decide(facts, questionOf({ ...ask, action }, principal, resource)).allowed,
  );
}

/**
 * The kind of subjects that the action is for: no action is for both. What neither may ever do has
 * a list of no members.
 */
export function subjectKindOf(facts: Facts, action: Action): SubjectKind {
  return rulesOf(facts).rows[action].pipeline === undefined ? 'user' : 'pipeline';
}

/** The principal that the id of a member or a pipeline names. */
export function principalOf(kind: SubjectKind, id: string): Principal {
  return kind === 'pipeline'
    ? { kind, id: id as PipelineId }
    : { kind, id: id as UserId, scopes: null };
}

function confirmed(found: Iterable<string>, allows: (id: string) => boolean): readonly string[] {
  return [...new Set(found)].filter(allows).sort();
}
