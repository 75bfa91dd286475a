import { QuestionFault } from '../questions/questions';
import { fault } from './errors';

/** The fault of a question as the error that clients see; any other error as it is. */
export function faultOf(error: unknown): unknown {
  if (!(error instanceof QuestionFault)) return error;
  const { code, message, field } = error;
  const fields = field === null ? {} : { fields: [{ field, constraint: 'isAnswerable', message }] };
  return fault(code, message, fields);
}
