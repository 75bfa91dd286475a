import { isAction } from '../../access/actions';
import { denied } from '../../access/decision';
import { principalOf } from '../../access/lists/lists';
import type { Decision } from '../../access/question';
import { answerTo } from '../../access/standpoint';
import type { Asker } from './asker';
import { readContext, readDetails, type Circumstances } from './circumstances';
import { readAction, readEntity, fits, subjectKind } from './entities';
import type { JsonObject } from './json';

/** A question as it was sent: what is not there is undefined. */
export interface Parts {
  readonly subject: unknown;
  readonly action: unknown;
  readonly resource: unknown;
  readonly context: unknown;
}

/** A decision, as far as the asker may know it, and what it is true of. */
export interface Evaluated {
  readonly decision: Decision;
  readonly action: string;
  readonly circumstances: Circumstances;
  readonly facts: Decided;
}

type Decided = ReturnType<Asker['standpoint']>['facts'];

export function partsOf({ subject, action, resource, context }: JsonObject): Parts {
  return { subject, action, resource, context };
}

/** Decides one question. Throws AuthzenFault where it is malformed. */
export function evaluate(asker: Asker, parts: Parts): Evaluated {
  const subject = readEntity(parts.subject, 'subject');
  const action = readAction(parts.action);
  const resource = readEntity(parts.resource, 'resource');
  const circumstances = readContext(parts.context);
  const details = readDetails(circumstances.details, action.properties);
  const standpoint = asker.standpoint(circumstances);
  const kind = subjectKind(subject.type);
  const { name } = action;
  const known = kind !== undefined && fits(subject) && fits(resource) && isAction(name);
  const decision = known
    ? answerTo(standpoint, {
        ...details,
        principal: principalOf(kind, subject.id),
        action: name,
        resource: resource.id,
      })
    : denied('NOT_FOUND');
  return { decision, action: name, circumstances, facts: standpoint.facts };
}
