import { prefixOf } from '../../access/existence';
import type { SubjectKind } from '../../access/lists/lists';
import { malformed } from './faults';
import { isObject, type JsonObject } from './json';

/** The types of things that can be asked about, and the prefix of the ids of each. */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['organization', 'org'],
  ['user', 'usr'],
  ['team', 'tea'],
  ['cluster', 'clu'],
  ['queue', 'que'],
  ['pipeline', 'pip'],
  ['agent', 'agt'],
  ['agent_key', 'key'],
  ['api_token', 'tok'],
]);

/** A subject or a resource as it was sent. In a search the id of what is sought is left out. */
export interface Entity {
  readonly type: string;
  readonly id: string;
}

/** An action as it was sent. */
export interface ActionEntity {
  readonly name: string;
  readonly properties: JsonObject;
}

/** Reads a subject or a resource; `field` names it in the message. Throws AuthzenFault. */
export function readEntity(value: unknown, field: string): Entity {
  const type = readType(value, field);
  return { type, id: textOf(value, 'id', field) };
}

/** Reads the type of what is sought. Throws AuthzenFault. */
export function readType(value: unknown, field: string): string {
  const type = textOf(value, 'type', field);
  propertiesOf(value, field);
  return type;
}

/** Reads an action. Throws AuthzenFault. */
export function readAction(value: unknown): ActionEntity {
  const name = textOf(value, 'name', 'action');
  return { name, properties: propertiesOf(value, 'action') };
}

/** True if the id is one of that type, as far as its form tells. */
export function fits({ type, id }: Entity): boolean {
  return PREFIXES.get(type) === prefixOf(id);
}

/** The kind of subject that a type names; undefined for what no rule knows as a subject. */
export function subjectKind(type: string): SubjectKind | undefined {
  return type === 'user' || type === 'pipeline' ? type : undefined;
}

const EMPTY: JsonObject = {};

function propertiesOf(value: unknown, field: string): JsonObject {
  const properties = isObject(value) ? value['properties'] : undefined;
  if (properties === undefined) return EMPTY;
  if (!isObject(properties)) throw malformed(`${field}.properties must be an object.`);
  return properties;
}

function textOf(value: unknown, name: string, field: string): string {
  if (value === undefined) throw malformed(`${field} is missing.`);
  if (!isObject(value)) throw malformed(`${field} must be an object.`);
  const text = value[name];
  if (text === undefined) throw malformed(`${field}.${name} is missing.`);
  if (typeof text !== 'string') throw malformed(`${field}.${name} must be a string.`);
  return text;
}
