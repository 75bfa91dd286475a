import type { QUESTIONS } from '../questions/long-questions';
import { QuestionFault } from '../questions/questions';
import type { Answer, Told } from '../questions/registry';
import { memberOf } from './authorize';
import type { RequestContext } from './context';
import { fault } from './errors';

/** Asks a long question as the member. Throws its fault as the error that clients see. */
export async function askQuestion<N extends keyof typeof QUESTIONS>(
  context: RequestContext,
  name: N,
  told: Told<(typeof QUESTIONS)[N]>,
): Promise<Answer<(typeof QUESTIONS)[N]>> {
  const { organizationId, userId, scopes } = memberOf(context);
  try {
    return await context.questions.ask(name, { organizationId, userId, scopes }, told);
  } catch (error) {
    throw faultOf(error);
  }
}

/** The fault of a question as the error that clients see; any other error as it is. */
export function faultOf(error: unknown): unknown {
  if (!(error instanceof QuestionFault)) return error;
  const { code, message, field } = error;
  const fields = field === null ? {} : { fields: [{ field, constraint: 'isAnswerable', message }] };
  return fault(code, message, fields);
}
