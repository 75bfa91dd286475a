import { isDeepStrictEqual } from 'node:util';
import { differenceSize, type Difference } from '../access/difference/blocks';
import type { Moment } from '../access/facts';
import type { ApiTokenId } from '../domain/id';
import type { PlannedChange } from './preview-changes';
import type { AskedBy } from './questions';
import { Recent } from './recent';

/** What would follow from changes at a moment: it depends on nothing else. */
export interface DifferenceQuestion {
  readonly by: AskedBy;
  readonly tokenId: ApiTokenId;
  readonly changes: readonly PlannedChange[];
  readonly moment: Moment;
}

/** What is kept is some tens of megabytes: so many places and things. */
const SIZE_MAX = 1_000_000;

/**
 * The differences that were found last, so that turning a page does not find the whole again. Nobody
 * gets what another asked for, and who may see what of it is judged afresh on each page.
 */
export function recentDifferences(): Recent<DifferenceQuestion, Difference> {
  return new Recent({ isSame, weightOf: differenceSize, weightMax: SIZE_MAX });
}

function isSame(a: DifferenceQuestion, b: DifferenceQuestion): boolean {
  return (
    a.moment.position === b.moment.position &&
    a.moment.instant === b.moment.instant &&
    a.tokenId === b.tokenId &&
    isDeepStrictEqual(a.by, b.by) &&
    isDeepStrictEqual(a.changes, b.changes)
  );
}
