import { differenceSize, type Difference } from '../access/difference/blocks';
import type { Moment } from '../access/facts';
import type { ApiTokenId } from '../domain/id';
import type { PlannedChange } from './preview-changes';
import { RememberedAnswers } from './remembered-answers';

/** What a difference depends on, and nothing else: plain data. */
export type DifferenceOf =
  | { readonly from: Moment; readonly to: Moment }
  | {
      readonly moment: Moment;
      readonly tokenId: ApiTokenId;
      readonly changes: readonly PlannedChange[];
    };

/** The differences of previews and of spans; some tens of megabytes: so many places and things. */
export const DIFFERENCES = new RememberedAnswers<DifferenceOf, Difference>({
  weightOf: differenceSize,
  weightMax: 1_000_000,
});
