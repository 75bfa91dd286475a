import { EVENT_TYPES, type RecordedEvent } from '../../../src/domain/catalogue';
import type { DomainEvent } from '../../../src/domain/event';
import { formatId, type AgentKeyId, type Id, type IdPrefix } from '../../../src/domain/id';
import type { History } from './facts-of-history';

/** Something that lives in the organization until an event ends it. */
export interface Item {
  readonly kind: string;
  readonly id: string;
  /** The ids that it cannot outlive. */
  readonly names: readonly string[];
  /** What tells it from others of its kind on the same names. */
  readonly level: string;
  readonly ended: DomainEvent;
}

/** One random step: the numbers pick the things that it is about. */
export interface Step {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** Writes events for one step; none where there is nothing to do it with. */
export type Act = (builder: HistoryBuilder, step: Step) => void;

export const MINUTE_MS = 60_000;

/** Writes a history as the ledgers would hold it: what ends takes everything that names it along. */
export class HistoryBuilder {
  readonly access: RecordedEvent[] = [];
  readonly activity: RecordedEvent[] = [];
  instant = Date.UTC(2026, 0, 1);
  #live: Item[] = [];
  #ids = 0;
  readonly organizationId = this.newId('org');

  newId<P extends IdPrefix>(prefix: P): Id<P> {
    this.#ids += 1;
    const bytes = new Uint8Array(16);
    new DataView(bytes.buffer).setUint32(12, this.#ids);
    return formatId(prefix, bytes);
  }

  newKeyId(): AgentKeyId {
    this.#ids += 1;
    return `key_${String(this.#ids).padStart(43, '0')}`;
  }

  record(event: DomainEvent): void {
    const type = EVENT_TYPES.get(event.type);
    const fault = type?.fault(event) ?? null;
    if (type === undefined || fault !== null) throw new Error(`${event.type}: ${String(fault)}`);
    const ledger = type.ledger === 'ACCESS' ? this.access : this.activity;
    ledger.push({
      ...event,
      personal: event.personal ?? null,
      position: ledger.length + 1,
      recordedAt: this.instant,
      actor: { kind: 'SYSTEM', id: 'system' },
    });
  }

  begin(item: Omit<Item, 'level'> & { readonly level?: string }, event: DomainEvent): void {
    this.record(event);
    this.#live.push({ level: '', ...item });
  }

  end(item: Item): void {
    this.#live = this.#live.filter((other) => other !== item);
    for (const other of this.items().filter(({ names }) => names.includes(item.id))) {
      if (this.#live.includes(other)) this.end(other);
    }
    this.record(item.ended);
  }

  /** What lives, of one kind if given. */
  items(kind?: string): readonly Item[] {
    return this.#live.filter((item) => kind === undefined || item.kind === kind);
  }

  pick(kind: string, n: number): Item | undefined {
    return of(this.items(kind), n);
  }

  /** A member or a team. */
  pickHolder(n: number): Item | undefined {
    return this.pick(n % 2 === 0 ? 'member' : 'team', Math.floor(n / 2));
  }

  has(kind: string, names: readonly string[], level = ''): boolean {
    return this.items(kind).some(
      (item) => item.level === level && names.every((name) => item.names.includes(name)),
    );
  }

  /** Null for about half the numbers, else some minutes from now. */
  expiry(n: number): number | null {
    return n % 2 === 0 ? null : this.instant + ((n % 7) + 1) * MINUTE_MS;
  }

  /** The cluster that the pipeline is in by now. */
  clusterOf(pipelineId: string): string | null {
    const moves = this.access.filter(
      ({ type, data }) =>
        (type === 'PipelineCreated' || type === 'PipelineMoved') &&
        data['pipelineId'] === pipelineId,
    );
    return (moves.at(-1)?.data['clusterId'] as string | null | undefined) ?? null;
  }

  history(): History {
    const { organizationId, access, activity } = this;
    return { organizationId, access, activity };
  }
}

/** One of the values, whatever the number; undefined if there are none. */
export function of<T>(values: readonly T[], n: number): T | undefined {
  return values[n % Math.max(1, values.length)];
}

/** The act of ending one of a kind. */
export function ending(kind: string): Act {
  return (builder, { a }) => {
    const item = builder.pick(kind, a);
    if (item !== undefined) builder.end(item);
  };
}
