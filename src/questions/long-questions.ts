import { listResources, listSubjects } from './lists';
import { accessPreview } from './preview';
import type { Registry } from './registry';
import { search } from './search';
import { tellWays } from './ways';

/** Every long question that there is; each is answered in the reader's thread. */
export const QUESTIONS = {
  accessPreview,
  listResources,
  listSubjects,
  search,
  tellWays,
} as const satisfies Registry;
