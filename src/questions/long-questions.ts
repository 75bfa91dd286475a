import type { Registry } from './registry';
import { search } from './search';

/** Every long question that there is; each is answered in the reader's thread. */
export const QUESTIONS = { search } as const satisfies Registry;
