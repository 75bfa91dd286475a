import { eventType, type RecordedEvent } from '../../../src/domain/catalogue';
import type { Entities, EntityKind } from '../../../src/domain/entity';
import type { DomainEvent } from '../../../src/domain/event';
import type { Id, IdPrefix } from '../../../src/domain/id';
import { project, type Change } from '../../../src/views/projection/project';

export const ORGANIZATION = id('org', 1);

/** A fixed id, for examples. */
export function id<P extends IdPrefix>(prefix: P, n: number): Id<P> {
  return `${prefix}_${String(n).padStart(26, '0')}`;
}

/** The event as a ledger recorded it. */
function recorded(event: DomainEvent, position = 1): RecordedEvent {
  return {
    ...event,
    personal: event.personal ?? null,
    position,
    recordedAt: 1000 * position,
    actor: { kind: 'MEMBER', id: id('usr', 99) },
  };
}

/** What an event changes after those that made its entity. */
export function changeBy(event: DomainEvent, ...before: readonly DomainEvent[]): Change | null {
  let state: Entities[EntityKind] | undefined;
  let change: Change | null = null;
  [...before, event].forEach((each, index) => {
    const one = recorded(each, index + 1);
    change = project(one, eventType(one), ORGANIZATION, state);
    state = change === null ? state : change.after?.state;
  });
  return change;
}
