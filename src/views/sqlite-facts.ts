import type { AgentFacts, Fact, Facts, Holding, Moment, Relation } from '../access/facts';
import type { Agent } from '../domain/agent/state';
import type { OrganizationId } from '../domain/id';
import type { LedgerRef } from '../ledger/types';
import type { ViewsOf } from './rules-then';
import type { FactScope } from './sqlite/fact-rows';
import type { ViewsState } from './state';

/**
 * The facts of one organization at one moment. They stay true of that moment whatever is recorded
 * later; as long as nothing is, they are read by the shorter way.
 */
export class SqliteFacts implements Facts {
  readonly organizationId: OrganizationId;
  readonly moment: Moment;
  readonly #state: ViewsState;
  readonly #of: ViewsOf;
  readonly #access: LedgerRef;
  #rulesVersion: number | undefined;

  constructor(state: ViewsState, of: ViewsOf, moment: Moment) {
    const { organization, organizationId } = of;
    this.organizationId = organizationId;
    this.moment = moment;
    this.#state = state;
    this.#of = of;
    this.#access = { organization, kind: 'ACCESS' };
  }

  get rulesVersion(): number {
    this.#rulesVersion ??= this.#state.rulesThen(this.#of, {
      position: this.moment.position,
      present: this.#isPresent(),
    });
    return this.#rulesVersion;
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
    const agent = this.#state.rows().entities.current(this.#of.organization, 'agent', id);
    return agent && agentFacts(agent, this.moment);
  }

  agentsOn(queueId: string): readonly AgentFacts[] {
    return this.#state
      .rows()
      .lookups.agentsEverOn(this.#of.organization, queueId)
      .flatMap((agent) => agentFacts(agent, this.moment) ?? [])
      .filter(({ endedAt }) => endedAt === null)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  #scope(): FactScope {
    const { organization } = this.#of;
    return { organization, moment: this.moment, present: this.#isPresent() };
  }

  #isPresent(): boolean {
    return this.#state.standing(this.#access)?.position === this.moment.position;
  }
}

/** An agent is of the activity ledger: what it was at a moment, its instants tell. */
function agentFacts(agent: Agent, { instant }: Moment): AgentFacts | undefined {
  if (agent.registeredAt > instant) return undefined;
  const { id, keyId, queueId, registeredAt, ended } = agent;
  const endedAt = ended === null || ended.at > instant ? null : ended.at;
  return { id, keyId, queueId, registeredAt, endedAt };
}
