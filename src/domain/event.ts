import { Type, type Static, type TObject, type TProperties, type TSchema } from '@sinclair/typebox';
import { TypeCompiler, type TypeCheck } from '@sinclair/typebox/compiler';
import type { EntityKind } from './entity-kind';
import { AGENT_KEY_ID_PATTERN, idPattern, type AgentKeyId, type Id, type IdPrefix } from './id';

/** Who caused an event. Ids only: names would outlive their erasure. */
export interface EventActor {
  readonly kind: 'MEMBER' | 'AGENT_KEY' | 'INSTALLATION' | 'HOST' | 'SYSTEM';
  readonly id: string;
}

/** An event that was decided and is not yet in a ledger. */
export interface DomainEvent {
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly personal?: Readonly<Record<string, unknown>>;
}

/** What the ledger adds to an event when it records it. */
export interface Occurrence {
  readonly position: number;
  readonly recordedAt: number;
  readonly actor: EventActor;
}

/** A recorded event as a fold sees it; `personal` is null once erased. */
export interface EventShape<T extends string, D, P> {
  readonly type: T;
  readonly data: D;
  readonly personal: P | null;
}

/** Turns the data of one schema version into the data of the next. */
export type Upcaster = (
  data: Readonly<Record<string, unknown>>,
) => Readonly<Record<string, unknown>>;

type LedgerKind = 'ACCESS' | 'ACTIVITY';

/** What is known of an event type without knowing its shape. */
export interface EventType {
  readonly type: string;
  /** The current schema version, from 1. */
  readonly version: number;
  readonly ledger: LedgerKind;
  /** The entity that the event changes (null: none), and the member of `data` that holds its id. */
  readonly entity: EntityKind | null;
  readonly idField: string;
  /** True if the event ends its entity: its row and its facts close. */
  readonly ends: boolean;
  /** Upcasters by the version they start from: `upcasts[1]` turns version 1 into version 2. */
  readonly upcasts: Readonly<Record<number, Upcaster>>;
  readonly dataSchema: TSchema;
  readonly personalSchema: TSchema | null;
  /** The first fault of an event of the current version, or null when its shape is right. */
  readonly fault: (event: DomainEvent) => string | null;
}

export interface EventDefinition<T extends string, D, P> extends EventType {
  readonly type: T;
  /** Builds an event of the current version; members left undefined are dropped. */
  readonly make: (data: D, personal?: P) => DomainEvent;
}

/** The recorded form of a definition's events. */
export type EventOf<Def> =
  Def extends EventDefinition<infer T, infer D, infer P> ? EventShape<T, D, P> : never;

interface EventSpec<T extends string, D extends TProperties, P extends TProperties> {
  readonly type: T;
  readonly version?: number;
  readonly ledger?: LedgerKind;
  readonly entity: EntityKind | null;
  readonly id: keyof D & string;
  readonly ends?: boolean;
  readonly data: D;
  readonly personal?: P;
  readonly upcasts?: Readonly<Record<number, Upcaster>>;
}

/**
 * Defines an event type. Types are for ever: a change of shape raises `version`, keeps the golden
 * file of the old one and adds an upcaster.
 */
export function defineEvent<
  const T extends string,
  D extends TProperties,
  P extends TProperties = Record<never, never>,
>(spec: EventSpec<T, D, P>): EventDefinition<T, Static<TObject<D>>, Static<TObject<P>>> {
  const version = spec.version ?? 1;
  const dataSchema: TSchema = Type.Object(spec.data, { additionalProperties: false });
  const personalSchema: TSchema = Type.Object(spec.personal ?? {}, { additionalProperties: false });
  const data = TypeCompiler.Compile(dataSchema);
  const personal = TypeCompiler.Compile(personalSchema);
  return {
    type: spec.type,
    version,
    ledger: spec.ledger ?? 'ACCESS',
    entity: spec.entity,
    idField: spec.id,
    ends: spec.ends ?? false,
    upcasts: spec.upcasts ?? {},
    dataSchema,
    personalSchema: spec.personal === undefined ? null : personalSchema,
    fault: (event) => firstFault(data, event.data) ?? firstFault(personal, event.personal ?? {}),
    make: (eventData, eventPersonal) => {
      const base = { type: spec.type, schemaVersion: version, data: compact(eventData) };
      const kept = compact(eventPersonal ?? {});
      return Object.keys(kept).length === 0 ? base : { ...base, personal: kept };
    },
  };
}

function firstFault(check: TypeCheck<TSchema>, value: unknown): string | null {
  if (check.Check(value)) return null;
  const error = check.Errors(value).First();
  return error === undefined ? 'malformed' : `${error.path}: ${error.message}`;
}

function compact(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}

/** The schema of an id with this prefix. */
export function idOf<P extends IdPrefix>(prefix: P) {
  return Type.Unsafe<Id<P>>(Type.String({ pattern: idPattern(prefix) }));
}

/** The schema of an agent key's id. */
export const agentKeyId = Type.Unsafe<AgentKeyId>(Type.String({ pattern: AGENT_KEY_ID_PATTERN }));

/** The schema of a member's or a team's id. */
export const holderId = Type.Union([idOf('usr'), idOf('tea')]);

/** The schema of one of several literal strings. */
export function oneOf<const V extends readonly string[]>(values: V) {
  return Type.Unsafe<V[number]>(
    Type.String({ enum: [...values], pattern: `^(?:${values.join('|')})$` }),
  );
}

/** The schema of an instant: whole milliseconds since 1970, safe as a JSON number. */
export const instant = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 });

/** The schema of a value that may be null. */
export function nullable<S extends TSchema>(schema: S) {
  return Type.Union([schema, Type.Null()]);
}
