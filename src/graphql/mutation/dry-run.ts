import type { CommandName } from '../../commands/inputs';
import { toDifference } from '../access/difference';
import { listOf, plannedChange, previewOf } from '../access/planned-changes';
import type { RequestContext } from '../context';
import { FIRST_MAX } from '../paging/args';
import type { ChangeInput } from './inputs';
import { toError } from './to-error';
import { toUserError } from './user-error';

/**
 * Tries a mutation out: decides it as the writer would and tells what would follow. Nothing is sent
 * to the writer. Refusals and faults are those of the mutation itself; throws besides
 * QUERY_TOO_COMPLEX where too much follows.
 */
export async function dryRun(
  context: RequestContext,
  mutation: CommandName,
  input: ChangeInput,
): Promise<object> {
  const changes = [plannedChange(mutation, input)];
  const page = { first: FIRST_MAX, after: null, moment: null };
  const { moment, refused, difference } = await previewOf(context, changes, page);
  const outcome = refused[0]?.outcome;
  if (outcome?.kind === 'FAULT') throw toError(outcome);
  if (outcome?.kind === 'REFUSED') {
    return { position: null, userErrors: [toUserError(outcome.refusal)] };
  }
  if (difference === null) throw new Error('a preview that refuses nothing has a difference');
  const list = { name: listOf(context, changes), moment, hasPreviousPage: false };
  return {
    position: null,
    userErrors: [],
    differenceOf: (first: number) => toDifference(context, list, difference, first),
  };
}
