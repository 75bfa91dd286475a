import { accessPreview } from './preview';
import type { Registry } from './registry';
import { search } from './search';

/** Every long question that there is; each is answered in the reader's thread. */
export const QUESTIONS = { accessPreview, search } as const satisfies Registry;
