import type { AgentFacts, Facts, Moment } from '../access/facts';
import type { Agent } from '../domain/agent/state';
import type { OrganizationId } from '../domain/id';
import type { Organization } from '../domain/organization/state';
import type { LedgerRef, OrganizationNumber } from '../ledger/types';
import type { FactScope } from './sqlite/fact-rows';
import type { ViewsState } from './state';

/** The organization whose views are read. */
export interface ViewsOf {
  readonly organization: OrganizationNumber;
  readonly organizationId: OrganizationId;
}

/**
 * The facts of one organization at one moment. They stay true of that moment whatever is recorded
 * later; as long as nothing is, they are read by the shorter way.
 */
export function sqliteFacts(
  state: ViewsState,
  { organization, organizationId }: ViewsOf,
  moment: Moment,
): Facts {
  const access: LedgerRef = { organization, kind: 'ACCESS' };
  const scope = (): FactScope => ({
    organization,
    moment,
    present: state.standing(access)?.position === moment.position,
  });
  const organizationThen = (): Organization | undefined => {
    const { entities } = state.rows();
    return scope().present
      ? entities.current(organization, 'organization', organizationId)
      : entities.past(organization, 'organization', organizationId, moment.position);
  };
  let rulesVersion: number | undefined;
  return {
    organizationId,
    moment,
    get rulesVersion() {
      rulesVersion ??= organizationThen()?.rulesVersion;
      return rulesVersion ?? 0;
    },
    of: (subject, relation) => state.rows().facts.of(scope(), subject, relation),
    on: (object, relation, level) => state.rows().facts.on(scope(), object, relation, level),
    between: (subject, relation, object) =>
      state.rows().facts.between(scope(), subject, relation, object),
    held: (userId, relation, object) => state.rows().facts.held(scope(), userId, relation, object),
    agent: (id) => {
      const agent = state.rows().entities.current(organization, 'agent', id);
      return agent && agentFacts(agent, moment);
    },
    agentsOn: (queueId) =>
      state
        .rows()
        .lookups.agentsEverOn(organization, queueId)
        .flatMap((agent) => agentFacts(agent, moment) ?? [])
        .filter(({ endedAt }) => endedAt === null)
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

/** An agent is of the activity ledger: what it was at a moment, its instants tell. */
function agentFacts(agent: Agent, { instant }: Moment): AgentFacts | undefined {
  if (agent.registeredAt > instant) return undefined;
  const { id, keyId, queueId, registeredAt, ended } = agent;
  const endedAt = ended === null || ended.at > instant ? null : ended.at;
  return { id, keyId, queueId, registeredAt, endedAt };
}
