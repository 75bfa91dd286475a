import type { OrganizationId, UserId } from '../domain/id';
import type { Queries } from '../views/queries';

/** Who asks: a member, and the scopes of the API token that they use. */
export interface AskedBy {
  readonly organizationId: OrganizationId;
  readonly userId: UserId;
  readonly scopes: readonly string[];
}

/** What every question is answered from. */
export interface Sources {
  readonly queries: Queries;
  /** The instant of the question, milliseconds. */
  readonly now: number;
}

/** A question that may take long: what it is told and what it answers are plain data. */
export type LongQuestion<Told, Answer> = (sources: Sources, by: AskedBy, told: Told) => Answer;

/** Why a question has no answer; the edges give each its shape. */
export type QuestionFaultCode =
  'BAD_USER_INPUT' | 'FORBIDDEN' | 'QUERY_TOO_COMPLEX' | 'STALE' | 'UNAVAILABLE';

/** Thrown where a question cannot be answered; `field` names the input at fault, if one is. */
export class QuestionFault extends Error {
  override readonly name = 'QuestionFault';

  constructor(
    readonly code: QuestionFaultCode,
    message: string,
    readonly field: string | null = null,
  ) {
    super(message);
  }
}
