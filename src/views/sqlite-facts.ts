import type { AgentFacts, Fact, Facts, Holding, Moment, Relation } from '../access/facts';
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
export class SqliteFacts implements Facts {
  readonly organizationId: OrganizationId;
  readonly moment: Moment;
  readonly #state: ViewsState;
  readonly #organization: OrganizationNumber;
  readonly #access: LedgerRef;
  #rulesVersion: number | undefined;

  constructor(state: ViewsState, { organization, organizationId }: ViewsOf, moment: Moment) {
    this.organizationId = organizationId;
    this.moment = moment;
    this.#state = state;
    this.#organization = organization;
    this.#access = { organization, kind: 'ACCESS' };
  }

  get rulesVersion(): number {
    this.#rulesVersion ??= this.#organizationThen()?.rulesVersion;
    return this.#rulesVersion ?? 0;
  }

  of(subject: string, relation: Relation): readonly Fact[] {
    return this.#state.rows().facts.of(this.#scope(), subject, relation);
  }

  on(object: string, relation: Relation, level?: string): readonly Fact[] {
    return this.#state.rows().facts.on(this.#scope(), object, relation, level);
  }

  between(subject: string, relation: Relation, object: string): readonly Fact[] {
    return this.#state.rows().facts.between(this.#scope(), subject, relation, object);
  }

  held(userId: string, relation: Relation, object: string): readonly Holding[] {
    return this.#state.rows().facts.held(this.#scope(), userId, relation, object);
  }

  agent(id: string): AgentFacts | undefined {
    const agent = this.#state.rows().entities.current(this.#organization, 'agent', id);
    return agent && agentFacts(agent, this.moment);
  }

  agentsOn(queueId: string): readonly AgentFacts[] {
    return this.#state
      .rows()
      .lookups.agentsEverOn(this.#organization, queueId)
      .flatMap((agent) => agentFacts(agent, this.moment) ?? [])
      .filter(({ endedAt }) => endedAt === null)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  #scope(): FactScope {
    const present = this.#state.standing(this.#access)?.position === this.moment.position;
    return { organization: this.#organization, moment: this.moment, present };
  }

  #organizationThen(): Organization | undefined {
    const { entities } = this.#state.rows();
    const { organizationId, moment } = this;
    return this.#scope().present
      ? entities.current(this.#organization, 'organization', organizationId)
      : entities.past(this.#organization, 'organization', organizationId, moment.position);
  }
}

/** An agent is of the activity ledger: what it was at a moment, its instants tell. */
function agentFacts(agent: Agent, { instant }: Moment): AgentFacts | undefined {
  if (agent.registeredAt > instant) return undefined;
  const { id, keyId, queueId, registeredAt, ended } = agent;
  const endedAt = ended === null || ended.at > instant ? null : ended.at;
  return { id, keyId, queueId, registeredAt, endedAt };
}
