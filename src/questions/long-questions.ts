import { accessChanges } from './changes';
import { listResources, listSubjects } from './lists';
import { tellMissing } from './missing';
import { accessPreview } from './preview';
import type { Registry } from './registry';
import { accessReview } from './review';
import { search } from './search';
import { tellWays } from './ways';

/** Every long question that there is; each is answered in the reader's thread. */
export const QUESTIONS = {
  accessChanges,
  accessPreview,
  accessReview,
  listResources,
  listSubjects,
  search,
  tellMissing,
  tellWays,
} as const satisfies Registry;
