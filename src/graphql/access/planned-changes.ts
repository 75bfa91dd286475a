import { createHash } from 'node:crypto';
import type { CommandName } from '../../commands/inputs';
import type { PageAsk } from '../../questions/difference-page';
import type { Preview } from '../../questions/preview';
import type { PlannedChange } from '../../questions/preview-changes';
import { askQuestion } from '../ask-question';
import { memberOf } from '../authorize';
import type { RequestContext } from '../context';
import type { ChangeInput } from '../mutation/inputs';
import type { ListName, Place } from './cursor';

/** What an input says of the request and not of the change. */
const OF_REQUEST = ['idempotencyKey', 'dryRun'];

/** The change that a mutation with this input is: the same however the input was written down. */
export function plannedChange(mutation: CommandName, told: ChangeInput): PlannedChange {
  const entries = Object.entries(told).filter(
    ([name, value]) => value !== undefined && !OF_REQUEST.includes(name),
  );
  return { mutation, input: Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** The list of what follows from the changes: a cursor of it belongs to no others. */
export function listOf(context: RequestContext, changes: readonly PlannedChange[]): ListName {
  const { organizationId } = memberOf(context);
  const digest = createHash('sha256').update(JSON.stringify(changes)).digest('base64url');
  return { organizationId, parts: ['accessPreview', digest] };
}

/** Asks who would gain and lose what, beginning now or at the moment of an earlier page. */
export function previewOf(
  context: RequestContext,
  changes: readonly PlannedChange[],
  { first, after, moment }: PageAsk & { readonly moment: Place['moment'] | null },
): Promise<Preview> {
  const { tokenId } = memberOf(context);
  return askQuestion(context, 'accessPreview', { tokenId, changes, first, after, moment });
}
