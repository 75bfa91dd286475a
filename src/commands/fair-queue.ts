/** How many entries may wait, in all and of one caller. */
export interface QueueLimits {
  readonly total: number;
  readonly perCaller: number;
}

/** Whose turn an entry waits for. */
export interface Sender {
  readonly organization: string;
  /** Unique within the organization. */
  readonly caller: string;
}

interface Waiting<T> {
  readonly value: T;
  next: Waiting<T> | undefined;
}

/** First in, first out; each step costs the same however many wait. */
class Line<T> {
  #first: Waiting<T> | undefined;
  #last: Waiting<T> | undefined;
  length = 0;

  push(value: T): void {
    const waiting = { value, next: undefined };
    if (this.#last === undefined) this.#first = waiting;
    else this.#last.next = waiting;
    this.#last = waiting;
    this.length += 1;
  }

  shift(): T | undefined {
    const first = this.#first;
    if (first === undefined) return undefined;
    this.#first = first.next;
    if (first.next === undefined) this.#last = undefined;
    this.length -= 1;
    return first.value;
  }
}

interface Caller<T> {
  readonly name: string;
  readonly entries: Line<T>;
}

interface Organization<T> {
  readonly name: string;
  readonly callers: Map<string, Caller<T>>;
  readonly turns: Line<Caller<T>>;
  length: number;
}

/**
 * A bounded queue that serves organizations in turns, and within each its callers: neither one
 * caller with a thousand commands nor an organization with a thousand callers keeps another
 * waiting for all of them. Within one caller the order is kept. An organization may have as many
 * entries waiting as there is room left for the others, so that none can take all of it.
 */
export class FairQueue<T> {
  readonly #organizations = new Map<string, Organization<T>>();
  readonly #turns = new Line<Organization<T>>();
  readonly #limits: QueueLimits;
  #length = 0;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  get length(): number {
    return this.#length;
  }

  /** Adds an entry; false when the queue, the organization's share or the caller's is full. */
  push(sender: Sender, value: T): boolean {
    const known = this.#organizations.get(sender.organization);
    if ((known?.length ?? 0) >= this.#limits.total - this.#length) return false;
    const organization = known ?? this.#addOrganization(sender.organization);
    const caller =
      organization.callers.get(sender.caller) ?? addCaller(organization, sender.caller);
    if (caller.entries.length >= this.#limits.perCaller) return false;
    caller.entries.push(value);
    organization.length += 1;
    this.#length += 1;
    return true;
  }

  /** Takes up to `count` entries, one of each organization per round. */
  take(count: number): T[] {
    const taken: T[] = [];
    while (taken.length < count) {
      const organization = this.#turns.shift();
      if (organization === undefined) break;
      takeOne(organization, taken);
      if (organization.length > 0) this.#turns.push(organization);
      else this.#organizations.delete(organization.name);
    }
    this.#length -= taken.length;
    return taken;
  }

  #addOrganization(name: string): Organization<T> {
    const added = { name, callers: new Map<string, Caller<T>>(), turns: new Line<Caller<T>>() };
    const organization = { ...added, length: 0 };
    this.#organizations.set(name, organization);
    this.#turns.push(organization);
    return organization;
  }
}

function addCaller<T>({ callers, turns }: Organization<T>, name: string): Caller<T> {
  const caller = { name, entries: new Line<T>() };
  callers.set(name, caller);
  turns.push(caller);
  return caller;
}

/** Takes the next entry of the caller whose turn it is. */
function takeOne<T>(organization: Organization<T>, into: T[]): void {
  const caller = organization.turns.shift();
  const entry = caller?.entries.shift();
  if (caller === undefined || entry === undefined) return;
  if (caller.entries.length > 0) organization.turns.push(caller);
  else organization.callers.delete(caller.name);
  organization.length -= 1;
  into.push(entry);
}
