import type { FactChange } from '../access/difference/fact-change';
import type { Fact, Facts, Moment } from '../access/facts';
import { currentData, eventType } from '../domain/catalogue';
import type { Entities, EntityKind } from '../domain/entity';
import type { OrganizationId } from '../domain/id';
import type { LedgerReader, LedgerRef, StoredEvent } from '../ledger/types';
import { isSame } from './overlay/changed-facts';
import type { FactDraft } from './projection/facts-of';
import { project } from './projection/project';

/** So many events are read at a time. */
const PAGE = 1000;

/** What the changes between two moments are found from. */
export interface ChangesParts {
  readonly ledger: Pick<LedgerReader, 'page'>;
  readonly ref: LedgerRef;
  readonly organizationId: OrganizationId;
  /** The entity as it stood after the first of the two positions. */
  readonly before: (kind: EntityKind, id: string) => Entities[EntityKind] | undefined;
  /** The facts of the first moment. */
  readonly facts: Facts;
  /** The facts that held at the first and only expired until the second. */
  readonly expired: () => readonly Fact[];
}

/**
 * Every fact that holds at one of the two moments only, with what began or ended it: each event
 * between them is projected once more, on the entities as they stood. What began and ended in
 * between is left out.
 */
export function factChanges(parts: ChangesParts, to: Moment): readonly FactChange[] {
  const replay = new Replay(parts);
  for (let next = parts.facts.moment.position + 1; next <= to.position; next += PAGE) {
    const count = Math.min(PAGE, to.position - next + 1);
    for (const event of parts.ledger.page(parts.ref, next, count)) replay.apply(event);
  }
  const holds = ({ fact: { expiresAt } }: FactChange): boolean =>
    expiresAt === null || expiresAt > to.instant;
  return [
    ...replay.opened.filter(holds),
    ...replay.closed,
    ...parts.expired().map((fact): FactChange => ({ how: 'EXPIRED', fact })),
  ];
}

/** Facts as events after a moment begin and end them. */
class Replay {
  readonly closed: FactChange[] = [];
  readonly #parts: ChangesParts;
  readonly #states = new Map<string, Entities[EntityKind] | undefined>();
  readonly #opened = new Map<string, FactChange[]>();

  constructor(parts: ChangesParts) {
    this.#parts = parts;
  }

  get opened(): readonly FactChange[] {
    return [...this.#opened.values()].flat();
  }

  apply(event: StoredEvent): void {
    const type = eventType(event);
    if (type.entity === null) return;
    const id = String(currentData(event, type)[type.idField]);
    const before = this.#states.has(id)
      ? this.#states.get(id)
      : this.#parts.before(type.entity, id);
    const change = project(event, type, this.#parts.organizationId, before);
    if (change === null) return;
    this.#states.set(id, change.after?.state);
    const { position } = event;
    for (const fact of change.closes) this.#close(fact, event);
    for (const fact of change.opens) this.#open({ ...fact, from: position });
  }

  #open(fact: Fact): void {
    const known = this.#opened.get(fact.source) ?? [];
    this.#opened.set(fact.source, [...known, { how: 'OPENED', fact, position: fact.from }]);
  }

  #close(draft: FactDraft, { position, recordedAt }: StoredEvent): void {
    const known = this.#opened.get(draft.source) ?? [];
    const left = known.filter(({ fact }) => !isSame(draft, fact));
    if (left.length < known.length) {
      this.#opened.set(draft.source, left);
      return;
    }
    const { relation, subject, object, source } = draft;
    const fact = this.#parts.facts
      .between(subject, relation, object)
      .find((held) => held.source === source);
    // One that had expired by the first moment held no more.
    if (fact === undefined) return;
    const hadExpired = fact.expiresAt !== null && fact.expiresAt <= recordedAt;
    this.closed.push(hadExpired ? { how: 'EXPIRED', fact } : { how: 'CLOSED', fact, position });
  }
}
