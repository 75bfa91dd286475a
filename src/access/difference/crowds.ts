import { Crowd } from '../alike/crowd';
import type { Facts } from '../facts';
import type { Rectangle } from './affected';

/** The same list is known again by itself, not by what is in it. */
type Ids = readonly string[];

/** Where resources are that lie in the same rectangles: those on the way from the root. */
interface Branch {
  readonly parent: Branch | undefined;
  readonly subjects: readonly Ids[];
  readonly branches: Map<number, Branch>;
  crowd: Crowd | undefined;
}

/**
 * Each resource of the rectangles, with everybody of those that it is in. Resources that are in the
 * same rectangles share one crowd, so what is found out about a crowd is found out once.
 */
export function* crowdsOf(
  rectangles: Iterable<Rectangle>,
  sides: readonly Facts[],
): Iterable<readonly [resource: string, crowd: Crowd]> {
  const merged = [...merge(rectangles)];
  const containing = new Map<string, number[]>();
  for (const [number, [resources]] of merged.entries()) {
    for (const resource of new Set(resources)) {
      const numbers = containing.get(resource);
      if (numbers === undefined) containing.set(resource, [number]);
      else numbers.push(number);
    }
  }
  const known = new Map<Ids, Crowd>();
  const root = branchOf(undefined, []);
  for (const [resource, numbers] of containing) {
    let branch = root;
    for (const number of numbers) branch = branchTo(branch, number, merged[number]?.[1] ?? []);
    yield [resource, (branch.crowd ??= crowdOf(subjectsOf(branch), known, sides))];
  }
}

/** The subjects of all rectangles with the same resources. */
function merge(rectangles: Iterable<Rectangle>): ReadonlyMap<Ids, readonly Ids[]> {
  const merged = new Map<Ids, Set<Ids>>();
  for (const { subjects, resources } of rectangles) {
    const known = merged.get(resources);
    if (known === undefined) merged.set(resources, new Set([subjects]));
    else known.add(subjects);
  }
  return new Map([...merged].map(([resources, subjects]) => [resources, [...subjects]]));
}

function branchTo(from: Branch, number: number, subjects: readonly Ids[]): Branch {
  const branch = from.branches.get(number) ?? branchOf(from, subjects);
  from.branches.set(number, branch);
  return branch;
}

function branchOf(parent: Branch | undefined, subjects: readonly Ids[]): Branch {
  return { parent, subjects, branches: new Map(), crowd: undefined };
}

function subjectsOf(branch: Branch): readonly Ids[] {
  const found = new Set<Ids>();
  for (let at: Branch | undefined = branch; at !== undefined; at = at.parent) {
    for (const ids of at.subjects) found.add(ids);
  }
  return [...found];
}

function crowdOf(lists: readonly Ids[], known: Map<Ids, Crowd>, sides: readonly Facts[]): Crowd {
  const [first] = lists;
  const only = lists.length === 1 ? first : undefined;
  const before = only && known.get(only);
  if (before !== undefined) return before;
  const crowd = new Crowd([...new Set(lists.flat())].sort(), sides);
  if (only !== undefined) known.set(only, crowd);
  return crowd;
}
