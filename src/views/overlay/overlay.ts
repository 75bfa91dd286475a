import type { AgentFacts, Fact, Facts, Moment } from '../../access/facts';
import type { Agent } from '../../domain/agent/state';
import { eventType, type RecordedEvent } from '../../domain/catalogue';
import type { Entities, EntityKind, Versioned } from '../../domain/entity';
import type { DomainEvent, EventActor } from '../../domain/event';
import type { OrganizationId } from '../../domain/id';
import type { Organization } from '../../domain/organization/state';
import type { FactDraft } from '../projection/facts-of';
import { project, type Change } from '../projection/project';
import type { NameScope, World } from '../world';
import { byObject, byRelation } from '../fact-order';
import { ChangedFacts } from './changed-facts';
import { overlayFacts } from './overlay-facts';

/** An entity as hypothetical events leave it; no state once it ended. */
interface Entry {
  readonly kind: EntityKind;
  readonly state: Entities[EntityKind] | undefined;
  readonly version: number;
}

/**
 * A world with hypothetical events on top, folded and projected as the writer's are. Nothing is
 * written, and the world beneath is read as it is asked for. What a fact is opened by here has a
 * position beyond that of the world beneath.
 */
export class Overlay implements World {
  readonly organizationId: OrganizationId;
  readonly now: number;
  readonly facts: Facts;
  readonly #base: World;
  readonly #changed = new ChangedFacts();
  readonly #entries = new Map<string, Entry>();
  readonly #names = new Map<NameScope, Map<string, string>>();
  #moment: Moment;

  /** @param facts those that hold now in the world beneath */
  constructor(base: World, facts: Facts = base.facts) {
    this.#base = base;
    this.organizationId = base.organizationId;
    this.now = facts.moment.instant;
    this.#moment = facts.moment;
    this.facts = overlayFacts(facts, this.#changed, {
      moment: () => this.#moment,
      rulesVersion: () =>
        (this.#entries.get(base.organizationId)?.state as Organization | undefined)?.rulesVersion,
      agent: (id) => {
        const entry = this.#entries.get(id);
        return entry?.kind === 'agent' ? agentFacts(entry.state as Agent) : undefined;
      },
    });
  }

  /** Has these events happen, one after the other, at the moment's instant. */
  apply(events: readonly DomainEvent[], actor: EventActor): void {
    for (const event of events) {
      const type = eventType(event);
      const position = this.#moment.position + (type.ledger === 'ACCESS' ? 1 : 0);
      this.#moment = { position, instant: this.now };
      if (type.entity === null) continue;
      const recorded: RecordedEvent = {
        ...event,
        personal: event.personal ?? null,
        position,
        recordedAt: this.now,
        actor,
      };
      const id = String(event.data[type.idField]);
      const before = this.get(type.entity, id);
      const change = project(recorded, type, this.organizationId, before);
      if (change !== null) this.#change(id, change, (before?.version ?? 0) + 1, position);
    }
  }

  /** Every fact that held before these events and was closed by them. */
  closedFacts(): readonly FactDraft[] {
    return this.#changed.closed();
  }

  /** Every fact that they opened and left open. */
  openedFacts(): readonly Fact[] {
    return this.#changed.opened();
  }

  /** Both: wherever something differs, one of these facts is at hand. */
  changedFacts(): readonly FactDraft[] {
    return [...this.closedFacts(), ...this.openedFacts()];
  }

  get<K extends EntityKind>(kind: K, id: string): Versioned<K> | undefined {
    const entry = this.#entries.get(id);
    if (entry === undefined) return this.#base.get(kind, id);
    if (entry.kind !== kind || entry.state === undefined) return undefined;
    return { ...entry.state, version: entry.version } as unknown as Versioned<K>;
  }

  existed(kind: EntityKind, id: string): boolean {
    return this.#entries.get(id)?.kind === kind || this.#base.existed(kind, id);
  }

  nameOwner(scope: NameScope, name: string): string | undefined {
    return this.#names.get(scope)?.get(name) ?? this.#base.nameOwner(scope, name);
  }

  open(subject: string, relation: Fact['relation'], object: string): readonly Fact[] {
    const opened = this.#changed
      .of(subject)
      .filter((fact) => fact.relation === relation && fact.object === object);
    const found = this.#base.open(subject, relation, object).filter(this.#changed.isLeft);
    return [...found, ...opened].sort(byObject);
  }

  naming(id: string): readonly Fact[] {
    const found = this.#base.naming(id).filter(this.#changed.isLeft);
    const onIt = this.#changed.on(id).filter(({ subject }) => subject !== id);
    return [...found, ...this.#changed.of(id), ...onIt].sort(byRelation);
  }

  liveAgents(of: Parameters<World['liveAgents']>[0]): readonly Agent[] {
    return this.#base.liveAgents(of).filter(({ id }) => this.get('agent', id)?.ended === null);
  }

  #change(id: string, change: Change, version: number, position: number): void {
    const { kind, after, closes, opens, takes } = change;
    this.#entries.set(id, { kind, state: after?.state, version });
    for (const fact of closes) this.#changed.close(fact);
    for (const fact of opens) this.#changed.open({ ...fact, from: position });
    if (takes === null) return;
    const names = this.#names.get(takes.scope) ?? new Map<string, string>();
    this.#names.set(takes.scope, names.set(takes.name, id));
  }
}

function agentFacts({ id, keyId, queueId, registeredAt, ended }: Agent): AgentFacts {
  return { id, keyId, queueId, registeredAt, endedAt: ended?.at ?? null };
}
