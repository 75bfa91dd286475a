import type { AgentFacts, Fact } from '../../src/access/facts';
import type { Agent } from '../../src/domain/agent/state';
import { eventType, evolve, type RecordedEvent } from '../../src/domain/catalogue';
import type { Entities, EntityKind, Versioned } from '../../src/domain/entity';
import type { DomainEvent, EventActor } from '../../src/domain/event';
import type { OrganizationId } from '../../src/domain/id';
import { factsOf } from '../../src/views/projection/facts-of';
import { nameOf } from '../../src/views/projection/place-of';
import type { World } from '../../src/views/world';
import { memoryFacts } from './memory-facts';

type Entry = {
  readonly kind: EntityKind;
  readonly state: Entities[EntityKind];
  readonly version: number;
};

interface Contents {
  readonly position: number;
  readonly entries: ReadonlyMap<string, Entry>;
  /** Every id there ever was, with its kind. */
  readonly ever: ReadonlyMap<string, EntityKind>;
  readonly names: ReadonlyMap<string, string>;
  readonly facts: ReadonlyMap<string, readonly Fact[]>;
}

const NOTHING: Contents = {
  position: 0,
  entries: new Map(),
  ever: new Map(),
  names: new Map(),
  facts: new Map(),
};

const SYSTEM: EventActor = { kind: 'SYSTEM', id: 'given' };

/**
 * One organization in memory, folded from events by the domain's own functions. A value: `after`
 * answers with another world and leaves this one as it is.
 */
export class MemoryWorld implements World {
  readonly organizationId: OrganizationId;
  readonly now: number;
  readonly facts: World['facts'];
  readonly #contents: Contents;

  constructor(organizationId: OrganizationId, now: number, contents: Contents = NOTHING) {
    this.organizationId = organizationId;
    this.now = now;
    this.#contents = contents;
    this.facts = memoryFacts({
      organizationId,
      moment: { position: contents.position, instant: now },
      facts: this.openFacts(),
      agents: this.#agents().map(factsOfAgent),
    });
  }

  /** The same world at another instant. */
  at(now: number): MemoryWorld {
    return new MemoryWorld(this.organizationId, now, this.#contents);
  }

  /** The world after these events were recorded now. */
  after(events: readonly DomainEvent[], actor: EventActor = SYSTEM): MemoryWorld {
    const contents = events.reduce((before, event) => {
      const position = before.position + 1;
      const personal = event.personal ?? null;
      const recorded = { ...event, personal, position, recordedAt: this.now, actor };
      return record(before, recorded, this.organizationId);
    }, this.#contents);
    return new MemoryWorld(this.organizationId, this.now, contents);
  }

  get<K extends EntityKind>(kind: K, id: string): Versioned<K> | undefined {
    const entry = this.#contents.entries.get(id);
    if (entry?.kind !== kind) return undefined;
    return { ...entry.state, version: entry.version } as never;
  }

  existed(kind: EntityKind, id: string): boolean {
    return this.#contents.ever.get(id) === kind;
  }

  nameOwner(scope: string, name: string): string | undefined {
    return this.#contents.names.get(`${scope} ${name}`);
  }

  open(subject: string, relation: Fact['relation'], object: string): readonly Fact[] {
    return this.openFacts().filter(
      (fact) => fact.relation === relation && fact.subject === subject && fact.object === object,
    );
  }

  naming(id: string): readonly Fact[] {
    return this.openFacts().filter(({ subject, object }) => subject === id || object === id);
  }

  liveAgents(of: Parameters<World['liveAgents']>[0]): readonly Agent[] {
    const wanted = Object.entries(of) as [keyof Agent, string][];
    return this.#agents().filter(
      (agent) => agent.ended === null && wanted.every(([field, id]) => agent[field] === id),
    );
  }

  /** Everything that stands, by id: to compare two worlds. */
  entities(): ReadonlyMap<string, Entry> {
    return this.#contents.entries;
  }

  /** Every open fact, expired ones included. */
  openFacts(): readonly Fact[] {
    return [...this.#contents.facts.values()].flat();
  }

  #agents(): readonly Agent[] {
    const entries = [...this.#contents.entries.values()];
    return entries.filter(({ kind }) => kind === 'agent').map(({ state }) => state as Agent);
  }
}

function record(before: Contents, event: RecordedEvent, organizationId: OrganizationId): Contents {
  const type = eventType(event);
  const { position } = event;
  if (type.entity === null) return { ...before, position };
  const kind = type.entity;
  const id = String(event.data[type.idField]);
  const was = before.entries.get(id);
  const state = evolve(was?.state, event, type);

  const entries = new Map(before.entries);
  const facts = new Map(before.facts);
  const names = new Map(before.names);
  entries.delete(id);
  facts.delete(id);
  if (state !== undefined) {
    entries.set(id, { kind, state, version: (was?.version ?? 0) + 1 });
    const old = before.facts.get(id) ?? [];
    const stated = factsOf(kind, state as never, organizationId).map((draft) => {
      const same = old.find((fact) => isEqual(fact, { ...draft, from: fact.from }));
      return same ?? { ...draft, from: position };
    });
    facts.set(id, stated);
    const name = nameOf(kind, state as never);
    if (name !== null) names.set(`${name.scope} ${name.name}`, id);
  }
  return { position, entries, facts, names, ever: new Map(before.ever).set(id, kind) };
}

function isEqual(a: object, b: object): boolean {
  const text = (value: object) => JSON.stringify(Object.entries(value).sort());
  return text(a) === text(b);
}

function factsOfAgent({ id, keyId, queueId, registeredAt, ended }: Agent): AgentFacts {
  return { id, keyId, queueId, registeredAt, endedAt: ended?.at ?? null };
}
