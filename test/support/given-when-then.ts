import { EVENT_TYPES, eventType, evolve } from '../../src/domain/catalogue';
import type { Decided } from '../../src/domain/decided';
import type { Entities, EntityKind, Versioned } from '../../src/domain/entity';
import type { DomainEvent } from '../../src/domain/event';
import { isRefusal, type Refusal, type RefusalCode } from '../../src/domain/refusal';

/** The instant of everything that was given. */
export const GIVEN_AT = Date.UTC(2026, 0, 1);

/** The state of an entity that the given events made. Throws when they made none. */
export type StateOf = <K extends EntityKind>(kind: K, id: string) => Versioned<K>;

interface When {
  /** Expects exactly these events, in order, each of a valid shape. */
  readonly then: (events: readonly DomainEvent[]) => void;
  /** Expects a refusal with this code, about this field (null: about none). */
  readonly thenRefused: (code: RefusalCode, field: string | null) => Refusal;
}

/** Folds the events, so that a decision can be tried on what they made. */
export function given(...events: readonly DomainEvent[]): {
  readonly when: (decide: (state: StateOf) => Decided) => When;
} {
  const states = new Map<
    string,
    { kind: EntityKind; state: Entities[EntityKind]; version: number }
  >();
  events.forEach((event, index) => {
    const type = eventType(event);
    if (type.entity === null) return;
    const id = String(event.data[type.idField]);
    const before = states.get(id);
    const recorded = {
      ...event,
      personal: event.personal ?? null,
      position: index + 1,
      recordedAt: GIVEN_AT,
      actor: { kind: 'SYSTEM', id: 'given' } as const,
    };
    const state = evolve(before?.state, recorded, type);
    if (state === undefined) states.delete(id);
    else states.set(id, { kind: type.entity, state, version: (before?.version ?? 0) + 1 });
  });
  const stateOf: StateOf = (kind, id) => {
    const found = states.get(id);
    if (found?.kind !== kind) throw new Error(`nothing given made ${kind} ${id}`);
    return { ...found.state, version: found.version } as never;
  };
  return { when: (decide) => judge(decide(stateOf)) };
}

function judge(decided: Decided): When {
  return {
    then: (expected) => {
      expect(decided).toEqual(expected);
      if (!isRefusal(decided)) for (const event of decided) expect(faultOf(event)).toBeNull();
    },
    thenRefused: (code, field) => {
      expect(decided).toMatchObject({ refused: true, code, field: field?.split('.') ?? null });
      return decided as Refusal;
    },
  };
}

/** What is wrong with an event's shape, or null. */
export function faultOf(event: DomainEvent): string | null {
  const type = EVENT_TYPES.get(event.type);
  return type === undefined ? 'unknown type' : type.fault(event);
}
