import { CHANGE_KINDS, type Change, type ChangeKind } from './change';
import { waysOf, type Lot } from './lot';
import type { Way } from './settle';
import type { Choice, Step } from './step';

/** Sets of changes of one shape: the same kinds and levels, for the member or a team of theirs. */
export interface MissingGroup {
  /** The shape in words, such as `join a team with USE or more on the cluster`. */
  readonly shape: string;
  /** The kind of each change, in the order of each set. */
  readonly kinds: readonly ChangeKind[];
  /** How many sets there are. */
  readonly count: number;
  /** The first of them, in an order that stays. Mutations can make each set's changes in turn. */
  readonly sets: readonly (readonly Change[])[];
}

interface Growing extends MissingGroup {
  readonly sets: (readonly Change[])[];
  count: number;
}

/** Groups what the lots hold: every set is counted, and at most so many of each group are told. */
export function groupSets(lots: readonly Lot[], setsMax: number): readonly MissingGroup[] {
  const groups = new Map<string, Growing>();
  for (const lot of lots) {
    const found = byShape(waysOf(lot, 0));
    for (const [shape, { kinds, ways }] of found) {
      const group = groups.get(shape) ?? { shape, kinds, count: 0, sets: [] };
      groups.set(shape, group);
      for (const way of ways) group.count += lot.size * countOf(way);
    }
    const wanting = [...found.keys()].flatMap((shape) => groups.get(shape) ?? []);
    tell(lot, wanting, setsMax);
  }
  const size = ({ kinds }: MissingGroup): number => kinds.length;
  return [...groups.values()].sort((a, b) => size(a) - size(b) || (a.shape < b.shape ? -1 : 1));
}

/** Adds sets of the lot to the groups, until each has enough or the lot is told. */
function tell(lot: Lot, groups: readonly Growing[], setsMax: number): void {
  for (let index = 0; index < lot.size; index += 1) {
    const wanting = groups.filter(({ sets }) => sets.length < setsMax);
    if (wanting.length === 0) return;
    const found = byShape(waysOf(lot, index));
    for (const { shape, sets } of wanting) {
      for (const way of found.get(shape)?.ways ?? []) {
        for (const set of setsOf(way, setsMax - sets.length)) sets.push(set);
      }
    }
  }
}

function byShape(
  ways: readonly Way[],
): ReadonlyMap<string, { readonly kinds: readonly ChangeKind[]; readonly ways: Way[] }> {
  const found = new Map<string, { kinds: readonly ChangeKind[]; ways: Way[] }>();
  for (const unordered of ways) {
    const way = [...unordered].sort(inOrder);
    const shape = sentence(way.map(phraseOf));
    const known = found.get(shape);
    if (known === undefined) found.set(shape, { kinds: way.map(({ kind }) => kind), ways: [way] });
    else known.ways.push(way);
  }
  return found;
}

function inOrder(a: Step, b: Step): number {
  const place = CHANGE_KINDS.indexOf(a.kind) - CHANGE_KINDS.indexOf(b.kind);
  if (place !== 0) return place;
  const [first, second] = [phraseOf(a), phraseOf(b)];
  return first < second ? -1 : Number(first > second);
}

function phraseOf({ phrase, gives }: Step): string {
  return gives.length === 0 ? phrase : `${phrase} with ${gives.join(' and ')}`;
}

function sentence(phrases: readonly string[]): string {
  const last = phrases.at(-1) ?? '';
  return phrases.length < 2 ? last : `${phrases.slice(0, -1).join(', ')} and ${last}`;
}

function choicesOf(way: Way): readonly Choice[] {
  return [...new Set(way.flatMap(({ on }) => on))];
}

/** How many sets the way stands for: one for each combination of what it lets choose. */
function countOf(way: Way): number {
  return choicesOf(way).reduce((count, { ids }) => count * ids.length, 1);
}

/** The first sets of the way, in the order of the ids that are chosen. */
function setsOf(way: Way, max: number): readonly (readonly Change[])[] {
  const choices = choicesOf(way);
  const sets: (readonly Change[])[] = [];
  const total = Math.min(max, countOf(way));
  for (let number = 0; number < total; number += 1) {
    const chosen = new Map<Choice, string>();
    let rest = number;
    for (const choice of [...choices].reverse()) {
      chosen.set(choice, choice.ids[rest % choice.ids.length] ?? '');
      rest = Math.floor(rest / choice.ids.length);
    }
    sets.push(way.map(({ on, change }) => change(on.map((choice) => chosen.get(choice) ?? ''))));
  }
  return sets;
}
