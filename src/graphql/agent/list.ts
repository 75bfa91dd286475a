import type { Agent } from '../../domain/agent/state';
import type { Versioned } from '../../domain/entity';
import type { RequestContext } from '../context';
import type { Page } from '../paging/connection';
import { listPage, type List } from '../paging/list';
import { passesAgentFilter, type AgentListArgs } from './filters';
import { agentState, type AgentState } from './state';

/** Whether the agent is there now. */
export function stateOf({ queries, clock }: RequestContext, agent: Agent): AgentState {
  return agentState(agent, queries.lastSeen(agent.id), clock.now());
}

/** A page of the agents under a cluster, a queue or the organization, filtered. */
export function agentPage(
  context: RequestContext,
  { where = () => true, ...list }: Omit<List<'agent'>, 'kind'>,
  args: AgentListArgs,
): Page<Versioned<'agent'>> {
  const passes = (agent: Versioned<'agent'>): boolean =>
    where(agent) && passesAgentFilter(agent, stateOf(context, agent), args.filter);
  return listPage(context, { ...list, kind: 'agent', where: passes }, args);
}
