import { ACTIONS, isAction, type Action } from '../../access/actions';
import { hasResources } from '../../access/lists/ask';
import type { Sought } from '../../questions/search';
import { readContext, readDetails, type Circumstances } from './circumstances';
import { fits, readAction, readEntity, readType, subjectKind } from './entities';
import type { JsonObject } from './json';

/** What is searched for. */
export type SearchKind = Sought['kind'];

/** What a search asks for; null where nothing can be found. */
export interface Search {
  readonly sought: Sought | null;
  readonly circumstances: Circumstances;
  /** The type of the results; the action that they are about, if it is one. */
  readonly type: string;
  readonly action: string;
}

/** Reads what is sought. Throws AuthzenFault. */
export function readSearch(kind: SearchKind, body: JsonObject): Search {
  const circumstances = readContext(body['context']);
  switch (kind) {
    case 'subject':
      return subjectSearch(body, circumstances);
    case 'resource':
      return resourceSearch(body, circumstances);
    case 'action':
      return actionSearch(body, circumstances);
  }
}

function subjectSearch(body: JsonObject, circumstances: Circumstances): Search {
  const type = readType(body['subject'], 'subject');
  const { name, properties } = readAction(body['action']);
  const resource = readEntity(body['resource'], 'resource');
  const details = readDetails(circumstances.details, properties);
  const of = subjectKind(type);
  const sought: Sought | null =
    of !== undefined && isAction(name) && fits(resource)
      ? { kind: 'subject', of, resource: resource.id, ask: { ...details, action: name } }
      : null;
  return { sought, circumstances, type, action: name };
}

function resourceSearch(body: JsonObject, circumstances: Circumstances): Search {
  const subject = readEntity(body['subject'], 'subject');
  const { name, properties } = readAction(body['action']);
  const type = readType(body['resource'], 'resource');
  const details = readDetails(circumstances.details, properties);
  const kind = subjectKind(subject.type);
  const sought: Sought | null =
    kind !== undefined && isAction(name) && fits(subject) && isAbout(name, type)
      ? {
          kind: 'resource',
          subject: { kind, id: subject.id },
          ask: { ...details, action: name },
        }
      : null;
  return { sought, circumstances, type, action: name };
}

function actionSearch(body: JsonObject, circumstances: Circumstances): Search {
  const subject = readEntity(body['subject'], 'subject');
  const resource = readEntity(body['resource'], 'resource');
  const ask = readDetails(circumstances.details, {});
  const kind = subjectKind(subject.type);
  const sought: Sought | null =
    kind !== undefined && fits(subject) && fits(resource)
      ? { kind: 'action', subject: { kind, id: subject.id }, resource: resource.id, ask }
      : null;
  return { sought, circumstances, type: 'action', action: '' };
}

/** False where nothing of the type can be found; what can be of any type is refused as a question. */
function isAbout(action: Action, type: string): boolean {
  return ACTIONS[action] === type || !hasResources(action);
}
