/** One class of a partition. */
export interface AlikeClass {
  readonly index: number;
  readonly count: number;
  /** The place of its first member, who stands for all of them. */
  readonly first: number;
}

/**
 * Places from 0 up to `size` in classes. A finer partition keeps no more than what it moved, unless
 * that is much; so many of them may stand on one.
 */
export class Partition {
  readonly size: number;
  readonly #classOf: (place: number) => number;
  /** How many are in each class, and the first of them; classes that were emptied stay. */
  readonly #counts: readonly number[];
  readonly #firsts: readonly number[];

  /** How many places it keeps, those of what it stands on counted. */
  readonly weight: number;

  private constructor(
    size: number,
    { classOf, weight }: Kept,
    counts: readonly number[],
    firsts: readonly number[],
  ) {
    this.size = size;
    this.weight = weight;
    this.#classOf = classOf;
    this.#counts = counts;
    this.#firsts = firsts;
  }

  /** All places in one class. */
  static whole(size: number): Partition {
    return new Partition(size, { classOf: () => 0, weight: 0 }, [size], [0]);
  }

  classOf(place: number): number {
    return this.#classOf(place);
  }

  /** The classes that have members. */
  classes(): readonly AlikeClass[] {
    return this.#counts.flatMap((count, index) =>
      count === 0 ? [] : [{ index, count, first: this.#firsts[index] ?? 0 }],
    );
  }

  /** Only those who have the same key stay together. */
  splitBy(keyOf: (place: number) => string): Partition {
    const numbers = new Map<number, Map<string, number>>();
    const classes: number[] = [];
    const [counts, firsts]: [number[], number[]] = [[], []];
    for (let place = 0; place < this.size; place += 1) {
      const before = this.#classOf(place);
      const keys = numbers.get(before) ?? new Map<string, number>();
      numbers.set(before, keys);
      const key = keyOf(place);
      const index = keys.get(key) ?? counts.length;
      if (index === counts.length) {
        keys.set(key, index);
        counts.push(0);
        firsts.push(place);
      }
      counts[index] = (counts[index] ?? 0) + 1;
      classes.push(index);
    }
    return new Partition(this.size, flat(classes), counts, firsts);
  }

  /** Only those who are in the same of these groups stay together. */
  split(groups: readonly (readonly number[])[]): Partition {
    const moved = new Map<number, number>();
    const counts = [...this.#counts];
    for (const group of groups) {
      const made = counts.length;
      const targets = new Map<number, number>();
      for (const place of group) {
        const from = moved.get(place) ?? this.#classOf(place);
        // It is in the group for a second reason.
        if (from >= made) continue;
        const to = targets.get(from) ?? counts.push(0) - 1;
        targets.set(from, to);
        moved.set(place, to);
        counts[from] = (counts[from] ?? 0) - 1;
        counts[to] = (counts[to] ?? 0) + 1;
      }
    }
    return moved.size === 0 ? this : this.#with(moved, counts);
  }

  #with(moved: ReadonlyMap<number, number>, counts: readonly number[]): Partition {
    const layered = (place: number): number => moved.get(place) ?? this.#classOf(place);
    const weight = moved.size * MOVED_SHARE;
    const kept =
      weight < this.size
        ? { classOf: layered, weight: this.weight + weight }
        : flat(Array.from({ length: this.size }, (_, place) => layered(place)));
    const firsts = this.#firsts.map((first, index) => {
      let place = first;
      if (counts[index] !== 0) while (layered(place) !== index) place += 1;
      return place;
    });
    for (const [place, index] of moved) {
      firsts[index] = Math.min(firsts[index] ?? place, place);
    }
    return new Partition(this.size, kept, counts, firsts);
  }
}

/** A place that moved costs so many times what a place of a list costs. */
const MOVED_SHARE = 8;

interface Kept {
  readonly classOf: (place: number) => number;
  readonly weight: number;
}

function flat(classes: readonly number[]): Kept {
  return { classOf: (place) => classes[place] ?? 0, weight: classes.length };
}
