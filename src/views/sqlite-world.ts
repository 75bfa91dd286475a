import { presentMoment } from './moment';
import type { ViewsOf } from './rules-then';
import { SqliteFacts } from './sqlite-facts';
import type { ViewsState } from './state';
import type { World } from './world';

/**
 * The organization as it stands in the views, at an instant that never lies before anything
 * recorded. Undefined while nothing of its access ledger is projected.
 */
export function sqliteWorld(state: ViewsState, of: ViewsOf, now: number): World | undefined {
  const { organization, organizationId } = of;
  const access = state.standing({ organization, kind: 'ACCESS' });
  if (access === undefined) return undefined;
  const activity = state.standing({ organization, kind: 'ACTIVITY' });
  const moment = presentMoment({ access, activity }, now);
  return {
    organizationId,
    now: moment.instant,
    facts: new SqliteFacts(state, of, moment),
    get: (kind, id) => state.rows().entities.current(organization, kind, id),
    existed: (kind, id) => state.rows().entities.existed(organization, kind, id),
    nameOwner: (scope, name) => state.rows().lookups.nameOwner(organization, scope, name),
    open: (subject, relation, object) =>
      state.rows().facts.openBetween(organization, subject, relation, object),
    naming: (id) => state.rows().facts.openNaming(organization, id),
    liveAgents: (agents) => state.rows().lookups.liveAgents(organization, agents),
  };
}
