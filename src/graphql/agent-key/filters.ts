import { ValidateNested } from 'class-validator';
import { ArgsType, Field, InputType } from 'type-graphql';
import { agentKeyState, type AgentKey } from '../../domain/agent-key/state';
import { ListArgs } from '../paging/args';
import { AgentKeyStateEnum, type AgentKeyState } from './types';

@InputType({ description: 'Which agent keys to list. Each given field narrows the list.' })
export class AgentKeyFilter {
  @Field(() => AgentKeyStateEnum, { nullable: true, description: 'Keys in this state.' })
  state?: AgentKeyState | null;
}

@ArgsType()
export class AgentKeyListArgs extends ListArgs {
  @Field(() => AgentKeyFilter, { nullable: true, description: 'Narrows the list.' })
  @ValidateNested()
  filter?: AgentKeyFilter | null;
}

/** True if the key passes the filter at this instant. */
export function passesAgentKeyFilter(
  key: AgentKey,
  now: number,
  filter: AgentKeyFilter | null = null,
): boolean {
  return filter?.state == null || agentKeyState(key, now) === filter.state;
}
