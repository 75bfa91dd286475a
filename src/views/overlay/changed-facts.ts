import type { Fact } from '../../access/facts';
import type { FactDraft } from '../projection/facts-of';

const NONE: readonly Fact[] = [];

/**
 * What hypothetical events change of facts: those that hold no more, and those that hold besides.
 * One entity states at most one fact between the same two, so that is how a fact is known again.
 */
export class ChangedFacts {
  readonly #closed = new Map<string, FactDraft[]>();
  readonly #bySubject = new Map<string, Fact[]>();
  readonly #byObject = new Map<string, Fact[]>();
  readonly #touched = new Set<string>();

  /** True if a fact that names the id, or one that did, is another than before. */
  touches(id: string): boolean {
    return this.#touched.has(id);
  }

  open(fact: Fact): void {
    this.#touch(fact);
    push(this.#bySubject, fact.subject, fact);
    push(this.#byObject, fact.object, fact);
  }

  close(fact: FactDraft): void {
    this.#touch(fact);
    const opened = this.of(fact.subject).find((other) => isSame(fact, other));
    if (opened === undefined) {
      push(this.#closed, fact.source, fact);
      return;
    }
    drop(this.#bySubject, fact.subject, opened);
    drop(this.#byObject, fact.object, opened);
  }

  /** What was opened of the subject, and on the object. */
  of(subject: string): readonly Fact[] {
    return this.#bySubject.get(subject) ?? NONE;
  }

  on(object: string): readonly Fact[] {
    return this.#byObject.get(object) ?? NONE;
  }

  /** True if the fact, which held before, still does. */
  readonly isLeft = (fact: Fact): boolean =>
    this.#closed.get(fact.source)?.some((closed) => isSame(closed, fact)) !== true;

  /** Every fact that held before and was closed. */
  closed(): readonly FactDraft[] {
    return [...this.#closed.values()].flat();
  }

  /** Every fact that was opened and still stands. */
  opened(): readonly Fact[] {
    return [...this.#bySubject.values()].flat();
  }

  #touch({ subject, object }: FactDraft): void {
    this.#touched.add(subject);
    this.#touched.add(object);
  }
}

/** True if both are the fact that one entity states between the same two. */
export function isSame(a: FactDraft, b: FactDraft): boolean {
  return (
    a.source === b.source &&
    a.relation === b.relation &&
    a.subject === b.subject &&
    a.object === b.object
  );
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

function drop<T>(lists: Map<string, T[]>, key: string, item: T): void {
  lists.set(key, lists.get(key)?.filter((other) => other !== item) ?? []);
}
