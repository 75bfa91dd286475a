import { setTimeout as pause } from 'node:timers/promises';
import type { OrganizationId } from '../../domain/id';
import type { Queries } from '../../views/queries';
import { forgetFacts } from '../authorize';
import type { RequestContext } from '../context';
import { fault } from '../errors';

/** How long a question waits for the ledger, in turns of a pause each. */
const TURNS = 40;
const PAUSE_MS = 25;

export const AT_LEAST =
  'Answer only once the access ledger has got to this position: the `position` of a mutation, to ' +
  `read what it wrote. Waits about ${(TURNS * PAUSE_MS) / 1000} s, then fails with STALE.`;

/** The next look at each ledger that is waited for: one for all who wait, however many. */
const LOOKS = new WeakMap<Queries, Map<OrganizationId, Promise<number>>>();

function positionOf({ queries, clock }: RequestContext, organizationId: OrganizationId): number {
  const head = queries.moment(organizationId, null, clock.now());
  return head === 'UNKNOWN_MOMENT' ? 0 : head.position;
}

/** The position after a pause. */
function laterPosition(context: RequestContext, organizationId: OrganizationId): Promise<number> {
  const looks = LOOKS.get(context.queries) ?? new Map<OrganizationId, Promise<number>>();
  LOOKS.set(context.queries, looks);
  const known = looks.get(organizationId);
  if (known !== undefined) return known;
  const look = pause(PAUSE_MS).then(() => {
    looks.delete(organizationId);
    return positionOf(context, organizationId);
  });
  looks.set(organizationId, look);
  return look;
}

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
  let position = positionOf(context, organizationId);
  for (let turn = 0; position < atLeast; turn += 1) {
    if (turn === TURNS) {
      throw fault('STALE', 'The access ledger has not got to atLeast.', { position });
    }
    position = await laterPosition(context, organizationId);
    forgetFacts(context);
  }
}
