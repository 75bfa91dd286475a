import type { Versioned } from '../../domain/entity';
import type { RequestContext } from '../context';
import type { Page } from '../paging/connection';
import { listPage, type List } from '../paging/list';
import { passesAgentKeyFilter, type AgentKeyListArgs } from './filters';

/** A page of the agent keys under a cluster or the organization, filtered. */
export function agentKeyPage(
  context: RequestContext,
  list: Pick<List<'agentKey'>, 'owner' | 'through'>,
  args: AgentKeyListArgs,
): Page<Versioned<'agentKey'>> {
  const now = context.clock.now();
  const where = (key: Versioned<'agentKey'>): boolean =>
    passesAgentKeyFilter(key, now, args.filter);
  return listPage(context, { ...list, kind: 'agentKey', where }, args);
}
