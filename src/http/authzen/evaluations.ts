import { toAnswer, toAnswers, type DecisionAnswer, type Result } from './answer';
import type { Asker } from './asker';
import { readContext } from './circumstances';
import { readAction, readEntity } from './entities';
import { evaluate, partsOf, type Parts } from './evaluation';
import { AuthzenFault, malformed } from './faults';
import { isObject, type JsonObject } from './json';

/** How many questions one call may ask. */
const EVALUATIONS_MAX = 1000;

/** When to stop, by the decision that came last. */
const SEMANTICS: ReadonlyMap<unknown, (allowed: boolean) => boolean> = new Map([
  ['execute_all', () => false],
  ['deny_on_first_deny', (allowed: boolean) => !allowed],
  ['permit_on_first_permit', (allowed: boolean) => allowed],
]);

/** Answers one question. Throws AuthzenFault. */
export function answerOne(asker: Asker, body: JsonObject): DecisionAnswer {
  return toAnswer(asker, evaluate(asker, partsOf(body)));
}

/**
 * Answers the questions of a call in their order; one that is malformed is denied in its place. A call
 * without questions is one question. Throws AuthzenFault for a fault of the whole call.
 */
export function answerAll(asker: Asker, body: JsonObject): object {
  const { evaluations } = body;
  const stops = stopsWhen(body['options']);
  if (evaluations === undefined) return answerOne(asker, body);
  if (!Array.isArray(evaluations)) throw malformed('evaluations must be a list.');
  if (evaluations.length === 0) return answerOne(asker, body);
  if (evaluations.length > EVALUATIONS_MAX) {
    throw new AuthzenFault(413, `A call may have at most ${EVALUATIONS_MAX} evaluations.`);
  }
  const defaults = readDefaults(body);
  const results: Result[] = [];
  for (const item of evaluations as readonly unknown[]) {
    const result = resultOf(asker, defaults, item);
    results.push(result);
    if (stops('decision' in result && result.decision.allowed)) break;
  }
  return { evaluations: toAnswers(asker, results) };
}

function stopsWhen(options: unknown = {}): (allowed: boolean) => boolean {
  if (!isObject(options)) throw malformed('options must be an object.');
  const { evaluations_semantic: name = 'execute_all' } = options;
  const stops = SEMANTICS.get(name);
  if (stops === undefined) {
    const names = [...SEMANTICS.keys()].join(', ');
    throw malformed(`options.evaluations_semantic must be one of ${names}.`);
  }
  return stops;
}

/** The defaults may be incomplete, but what is there must be well-formed. */
function readDefaults(body: JsonObject): Parts {
  const parts = partsOf(body);
  if (parts.subject !== undefined) readEntity(parts.subject, 'subject');
  if (parts.action !== undefined) readAction(parts.action);
  if (parts.resource !== undefined) readEntity(parts.resource, 'resource');
  readContext(parts.context);
  return parts;
}

function resultOf(asker: Asker, defaults: Parts, item: unknown): Result {
  try {
    if (!isObject(item)) throw malformed('An evaluation must be an object.');
    return evaluate(asker, withDefaults(partsOf(item), defaults));
  } catch (error) {
    if (error instanceof AuthzenFault) return error;
    throw error;
  }
}

/** What an item has replaces the default as a whole, also where it is null. */
function withDefaults(parts: Parts, defaults: Parts): Parts {
  const { subject, action, resource, context } = parts;
  return {
    subject: subject === undefined ? defaults.subject : subject,
    action: action === undefined ? defaults.action : action,
    resource: resource === undefined ? defaults.resource : resource,
    context: context === undefined ? defaults.context : context,
  };
}
