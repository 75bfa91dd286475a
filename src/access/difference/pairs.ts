import { placeFrom } from '../alike/crowd';
import type { Partition } from '../alike/partition';
import type { Block, Difference, PairDifference, ThingDifference } from './blocks';

/** Where a pair stands in a difference. */
export interface PairPlace {
  readonly subject: string;
  readonly resource: string;
}

type Things = readonly ThingDifference[];

/** All blocks of one crowd, and the next of the crowd about whom one of them is. */
class Cursor {
  readonly #crowd: readonly string[];
  readonly #partitions = new Map<Partition, Map<number, Things>>();
  #place: number;
  #things: Things = [];

  constructor(blocks: readonly Block[], from: string) {
    this.#crowd = blocks[0]?.crowd ?? [];
    for (const { partition, index, things } of blocks) {
      const classes = this.#partitions.get(partition) ?? new Map<number, Things>();
      this.#partitions.set(partition, classes.set(index, things));
    }
    this.#place = placeFrom(this.#crowd, from);
    this.#settle();
  }

  /** Undefined at the end. */
  get subject(): string | undefined {
    return this.#crowd[this.#place];
  }

  /** What changed for the subject; and goes on to the next. */
  take(): Things {
    const things = this.#things;
    this.#place += 1;
    this.#settle();
    return things;
  }

  /** Goes on, if need be, to somebody for whom something changed. */
  #settle(): void {
    for (; this.#place < this.#crowd.length; this.#place += 1) {
      this.#things = this.#thingsOf(this.#place);
      if (this.#things.length > 0) return;
    }
  }

  #thingsOf(place: number): Things {
    const found: ThingDifference[] = [];
    for (const [partition, classes] of this.#partitions) {
      for (const thing of classes.get(partition.classOf(place)) ?? []) found.push(thing);
    }
    return found;
  }
}

/** The pairs in the order of subjects, then resources, made as they are asked for. */
export function* pairsAfter(
  difference: Difference,
  after: PairPlace | null,
): Iterable<PairDifference> {
  const cursors = cursorsFrom(difference, after?.subject ?? '');
  for (;;) {
    const subject = lowest(cursors);
    if (subject === undefined) return;
    const things = cursors
      .filter((cursor) => cursor.subject === subject)
      .flatMap((one) => one.take());
    things.sort((a, b) => (a.resource < b.resource ? -1 : 1));
    for (const { resource, actions } of things) {
      if (subject === after?.subject && resource <= after.resource) continue;
      yield { subject, resource, actions };
    }
  }
}

function cursorsFrom(difference: Difference, subject: string): readonly Cursor[] {
  const byCrowd = new Map<readonly string[], Block[]>();
  for (const block of difference) {
    const known = byCrowd.get(block.crowd);
    if (known === undefined) byCrowd.set(block.crowd, [block]);
    else known.push(block);
  }
  return [...byCrowd.values()].map((blocks) => new Cursor(blocks, subject));
}

function lowest(cursors: readonly Cursor[]): string | undefined {
  let found: string | undefined;
  for (const { subject } of cursors) {
    if (subject !== undefined && (found === undefined || subject < found)) found = subject;
  }
  return found;
}
