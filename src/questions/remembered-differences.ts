import { createHash } from 'node:crypto';
import { differenceSize, type Difference } from '../access/difference/blocks';
import type { Moment } from '../access/facts';
import type { ApiTokenId } from '../domain/id';
import type { Queries } from '../views/queries';
import type { PlannedChange } from './preview-changes';
import type { AskedBy } from './questions';
import { Recent } from './recent';

/** What a difference depends on, and nothing else: plain data. */
export type DifferenceOf =
  | { readonly from: Moment; readonly to: Moment }
  | {
      readonly moment: Moment;
      readonly tokenId: ApiTokenId;
      readonly changes: readonly PlannedChange[];
    };

/** What is kept is some tens of megabytes: so many places and things. */
const SIZE_MAX = 1_000_000;

const RECENT = new WeakMap<Queries, Recent<string, Difference>>();

/**
 * The difference, found unless it is one of those that were found last: turning a page does not find
 * the whole again. Nobody gets what another asked for, and who may see what of it is judged afresh on
 * each page.
 */
export function differenceOnce(
  queries: Queries,
  by: AskedBy,
  of: DifferenceOf,
  find: () => Difference,
): Difference {
  const recent = RECENT.get(queries) ?? recentDifferences();
  RECENT.set(queries, recent);
  const question = digestOf(by, of);
  const known = recent.find(question);
  if (known !== undefined) return known;
  const found = find();
  recent.add(question, found);
  return found;
}

/** A plan may be as long as a request: what is kept of it must not be. */
function digestOf(by: AskedBy, of: DifferenceOf): string {
  return createHash('sha256')
    .update(JSON.stringify([by, of]))
    .digest('base64url');
}

function recentDifferences(): Recent<string, Difference> {
  return new Recent<string, Difference>({
    isSame: (a, b) => a === b,
    weightOf: differenceSize,
    weightMax: SIZE_MAX,
  });
}
