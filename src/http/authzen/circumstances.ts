import type { ListAsk } from '../../access/lists/ask';
import { isId } from '../../domain/id';
import type { AsOf } from '../../views/queries';
import { malformed } from './faults';
import { isObject, type JsonObject } from './json';

const TEXT_LENGTH_MAX = 255;
const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/u;

/** What `context` says of a question, as far as it is ours. */
export interface Circumstances {
  readonly asOf: AsOf;
  /** The answer must know of this position; null: whatever is known now. */
  readonly atLeast: number | null;
  readonly reasons: boolean;
  readonly details: JsonObject;
}

const NO_CIRCUMSTANCES: Circumstances = {
  asOf: null,
  atLeast: null,
  reasons: true,
  details: {},
};

/** Reads `context`; members that are not ours are ignored. Throws AuthzenFault. */
export function readContext(value: unknown): Circumstances {
  if (value === undefined) return NO_CIRCUMSTANCES;
  if (!isObject(value)) throw malformed('context must be an object.');
  const { asOf, atLeast = null, reasons = true } = value;
  if (typeof reasons !== 'boolean') throw malformed('context.reasons must be true or false.');
  if (atLeast !== null && !isPosition(atLeast)) {
    throw malformed('context.atLeast must be a position.');
  }
  return { asOf: readAsOf(asOf), atLeast, reasons, details: value };
}

/** What narrows a question: of the context and of the action's own properties. */
export type Details = Omit<ListAsk, 'action'>;

/**
 * The branch, the target and whom it is about, from the context or the action's properties. Throws
 * AuthzenFault where the two say different things: neither may overrule the other in silence.
 */
export function readDetails(context: JsonObject, properties: JsonObject): Details {
  const branch = one('branch', context, properties);
  const target = one('targetClusterId', context, properties);
  const about = one('about', context, properties);
  if (branch === null || about === null) {
    throw malformed(`${branch === null ? 'branch' : 'about'} must be a string.`);
  }
  if (typeof target === 'string' && !isId('clu', target)) {
    throw malformed('targetClusterId must be the id of a cluster, or null.');
  }
  return {
    ...(branch === undefined ? {} : { branch }),
    ...(target === undefined ? {} : { targetClusterId: target }),
    ...(about === undefined ? {} : { about }),
  };
}

function one(name: string, context: JsonObject, properties: JsonObject): string | null | undefined {
  const first = context[name];
  const second = properties[name];
  if (first === undefined && second === undefined) return undefined;
  if (first !== undefined && second !== undefined && first !== second) {
    throw malformed(`context.${name} and action.properties.${name} differ.`);
  }
  const value = second === undefined ? first : second;
  if (value === null) return null;
  if (typeof value !== 'string' || value === '' || value.length > TEXT_LENGTH_MAX) {
    throw malformed(`${name} must be a string of 1 to ${TEXT_LENGTH_MAX} characters.`);
  }
  return value;
}

function readAsOf(value: unknown): AsOf {
  if (value === undefined || value === null) return null;
  if (!isObject(value)) throw malformed('context.asOf must be an object.');
  const { position, time } = value;
  if ((position === undefined) === (time === undefined)) {
    throw malformed('context.asOf must have one of position and time.');
  }
  if (time === undefined) {
    if (!isPosition(position)) throw malformed('context.asOf.position must be a position.');
    return { position };
  }
  const instant = typeof time === 'string' && RFC_3339.test(time) ? Date.parse(time) : NaN;
  if (Number.isNaN(instant)) throw malformed('context.asOf.time must be a time as in RFC 3339.');
  return { time: instant };
}

function isPosition(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1;
}
