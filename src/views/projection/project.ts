import { evolve, type RecordedEvent } from '../../domain/catalogue';
import type { Entities, EntityKind } from '../../domain/entity';
import type { EventType } from '../../domain/event';
import type { OrganizationId } from '../../domain/id';
import { factsOf, type FactDraft } from './facts-of';
import { nameOf, placeOf, type Place, type ScopedName } from './place-of';

type State = Entities[EntityKind];

/** What one event changes in the views, besides the marks that the audit finds it by. */
export interface Change {
  readonly kind: EntityKind;
  /** The entity from this event on; null when it ended. Whatever stood before closes. */
  readonly after: { readonly state: State; readonly place: Place } | null;
  /** Facts that hold no longer. */
  readonly closes: readonly FactDraft[];
  /** Facts that hold from this event on. One that merely goes on is in neither. */
  readonly opens: readonly FactDraft[];
  /** A slug or key that the entity bears from now on and did not bear before. */
  readonly takes: ScopedName | null;
}

/**
 * Projects an event onto the entity that it changes, `before` being the entity's state (undefined
 * when there is none). Null when nothing changes: the event is of no entity, or of one that is not.
 */
export function project(
  event: RecordedEvent,
  type: EventType,
  organizationId: OrganizationId,
  before: State | undefined,
): Change | null {
  const kind = type.entity;
  if (kind === null) return null;
  const after = evolve(before, event, type);
  if (before === undefined && after === undefined) return null;
  const held = before === undefined ? [] : factsOf(kind, before as never, organizationId);
  const holds = after === undefined ? [] : factsOf(kind, after as never, organizationId);
  return {
    kind,
    after:
      after === undefined
        ? null
        : { state: after, place: placeOf(kind, after as never, organizationId) },
    closes: without(held, holds),
    opens: without(holds, held),
    takes: taken(kind, before, after),
  };
}

function taken(
  kind: EntityKind,
  before: State | undefined,
  after: State | undefined,
): ScopedName | null {
  const now = after === undefined ? null : nameOf(kind, after as never);
  const was = before === undefined ? null : nameOf(kind, before as never);
  return now === null || (now.scope === was?.scope && now.name === was.name) ? null : now;
}

function without(facts: readonly FactDraft[], others: readonly FactDraft[]): readonly FactDraft[] {
  if (others.length === 0) return facts;
  return facts.filter((fact) => !others.some((other) => same(fact, other)));
}

function same(a: FactDraft, b: FactDraft): boolean {
  return (
    a.relation === b.relation &&
    a.subject === b.subject &&
    a.object === b.object &&
    a.source === b.source &&
    a.level === b.level &&
    a.expiresAt === b.expiresAt &&
    JSON.stringify(a.detail) === JSON.stringify(b.detail)
  );
}
