import type { AskedBy, QuestionFaultCode } from './questions';

/** A question on its way to the reader's thread. */
export interface Asked {
  readonly name: string;
  readonly by: AskedBy;
  readonly told: unknown;
  /** The position that whoever asks has seen: the answer must not be of an earlier one. */
  readonly atLeast: number;
}

/** What the HTTP thread sends to the reader's thread; handled one after the other. */
export type ToReader =
  | { readonly kind: 'ASK'; readonly asked: Asked }
  | { readonly kind: 'ADOPT_VIEWS'; readonly viewsNumber: number }
  | { readonly kind: 'STOP' };

/** What of a QuestionFault crosses threads. */
export interface FaultMessage {
  readonly code: QuestionFaultCode;
  readonly message: string;
  readonly field: string | null;
}

/** What the reader's thread sends back: one message for each question, in their order. */
export type FromReader =
  | { readonly kind: 'READY' }
  | { readonly kind: 'ANSWER'; readonly answer: unknown }
  | { readonly kind: 'FAULT'; readonly fault: FaultMessage }
  /** A fault of the program; the reason is for the log. */
  | { readonly kind: 'BROKEN'; readonly name: string; readonly reason: string };
