import { setTimeout as pause } from 'node:timers/promises';
import type { OrganizationId } from '../../domain/id';
import { forgetFacts } from '../authorize';
import type { RequestContext } from '../context';
import { fault } from '../errors';

/** How long a question waits for the ledger, in turns of a pause each. */
const TURNS = 40;
const PAUSE_MS = 25;

export const AT_LEAST =
  'Answer only once the access ledger has got to this position: the `position` of a mutation, to ' +
  `read what it wrote. Waits about ${(TURNS * PAUSE_MS) / 1000} s, then fails with STALE.`;

/**
 * Resolves once the organization's access ledger has got there: at once, as a rule, since what was
 * acknowledged is read. Throws STALE, with the actual position, if it does not in time.
 */
export async function awaitPosition(
  context: RequestContext,
  organizationId: OrganizationId,
  atLeast: number | null | undefined,
): Promise<void> {
  if (atLeast == null) return;
  for (let turn = 0; ; turn += 1) {
    const head = context.queries.moment(organizationId, null, context.clock.now());
    const position = head === 'UNKNOWN_MOMENT' ? 0 : head.position;
    if (position >= atLeast) return;
    if (turn === TURNS) {
      throw fault('STALE', 'The access ledger has not got to atLeast.', { position });
    }
    await pause(PAUSE_MS);
    forgetFacts(context);
  }
}
