import { accessPreview } from './preview';
import type { Registry } from './registry';

/** Every long question that there is; each is answered in the reader's thread. */
export const QUESTIONS = { accessPreview } as const satisfies Registry;
