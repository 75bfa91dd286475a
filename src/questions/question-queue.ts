import type { QueueLimits, Sender } from '../commands/fair-queue';
import { RecentUse } from './recent-use';

interface Entry<T> {
  readonly sender: Sender;
  readonly value: T;
}

/** What taking a turn counts for at least, so that turns go round where answers cost next to nothing. */
const TURN_MS = 1;

/**
 * A bounded queue for one thread that serves the organization next that used it least lately, and
 * within it the caller who did; of one caller, and among equals, who came first. Turns alone would not
 * do: questions differ in cost ten thousand times, and a few callers with dear ones would make the
 * others wait for all of theirs. As in FairQueue, an organization leaves as much room as it takes.
 */
export class QuestionQueue<T> {
  readonly #limits: QueueLimits;
  readonly #byOrganization: RecentUse;
  readonly #byCaller: RecentUse;
  #waiting: readonly Entry<T>[] = [];

  /** @param now milliseconds that never run back */
  constructor(limits: QueueLimits, now: () => number) {
    this.#limits = limits;
    this.#byOrganization = new RecentUse(now);
    this.#byCaller = new RecentUse(now);
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** Adds an entry; false when the queue, the organization's share or the caller's is full. */
  push(sender: Sender, value: T): boolean {
    const { total, perCaller } = this.#limits;
    const theirs = this.#waiting.filter(
      (entry) => entry.sender.organization === sender.organization,
    );
    if (theirs.length >= total - this.#waiting.length) return false;
    const own = theirs.filter((entry) => entry.sender.caller === sender.caller);
    if (own.length >= perCaller) return false;
    this.#waiting = [...this.#waiting, { sender, value }];
    return true;
  }

  /** Takes the entry whose turn it is. */
  take(): T | undefined {
    let best: Entry<T> | undefined;
    let least: readonly [number, number] = [Infinity, Infinity];
    for (const entry of this.#waiting) {
      const used = this.#usedBy(entry.sender);
      if (used[0] > least[0] || (used[0] === least[0] && used[1] >= least[1])) continue;
      [best, least] = [entry, used];
    }
    if (best !== undefined) this.remove(best.value);
    return best?.value;
  }

  /** Takes everything, in the order in which it came. */
  takeAll(): readonly T[] {
    const all = this.#waiting.map(({ value }) => value);
    this.#waiting = [];
    return all;
  }

  /** Takes out an entry that waits no longer; nothing if it is not there. */
  remove(value: T): void {
    this.#waiting = this.#waiting.filter((entry) => entry.value !== value);
  }

  /** Tells that the sender used the thread for so long. */
  charge(sender: Sender, ms: number): void {
    const used = Math.max(ms, TURN_MS);
    this.#byOrganization.add(sender.organization, used);
    this.#byCaller.add(callerOf(sender), used);
  }

  #usedBy(sender: Sender): readonly [organization: number, caller: number] {
    return [this.#byOrganization.of(sender.organization), this.#byCaller.of(callerOf(sender))];
  }
}

/** Unique among all organizations: neither id has a space in it. */
function callerOf({ organization, caller }: Sender): string {
  return `${organization} ${caller}`;
}
