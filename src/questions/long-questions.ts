import { listResources, listSubjects } from './lists';
import type { Registry } from './registry';
import { tellWays } from './ways';

/** Every long question that there is; each is answered in the reader's thread. */
export const QUESTIONS = { listSubjects, listResources, tellWays } as const satisfies Registry;
