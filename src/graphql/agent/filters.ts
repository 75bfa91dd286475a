import { ValidateNested } from 'class-validator';
import { ArgsType, Field, ID, InputType } from 'type-graphql';
import type { Agent } from '../../domain/agent/state';
import { ListArgs } from '../paging/args';
import { IsId, IsTag } from '../validation/validators';
import type { AgentState } from './state';
import { AgentStateEnum } from './types';

@InputType({ description: 'Which agents to list. Each given field narrows the list.' })
export class AgentFilter {
  @Field(() => ID, { nullable: true, description: 'Agents that serve this queue.' })
  @IsId('que')
  queueId?: string | null;

  @Field(() => AgentStateEnum, { nullable: true, description: 'Agents in this state.' })
  state?: AgentState | null;

  @Field(() => String, { nullable: true, description: 'Agents that carry this tag.' })
  @IsTag()
  tag?: string | null;
}

@ArgsType()
export class AgentListArgs extends ListArgs {
  @Field(() => AgentFilter, { nullable: true, description: 'Narrows the list.' })
  @ValidateNested()
  filter?: AgentFilter | null;
}

/** True if the agent, in this state, passes the filter. */
export function passesAgentFilter(
  agent: Agent,
  state: AgentState,
  filter: AgentFilter | null = null,
): boolean {
  return (
    (filter?.queueId == null || agent.queueId === filter.queueId) &&
    (filter?.state == null || state === filter.state) &&
    (filter?.tag == null || agent.tags.includes(filter.tag))
  );
}
