import { Field, ObjectType } from 'type-graphql';
import type { AgentEnding } from '../../domain/agent/events';
import { Node } from '../node/node';
import { connectionOf } from '../paging/connection';
import { DateTime } from '../scalars/date-time';
import { stringEnum } from '../string-enum';
import type { AgentState } from './state';

export const AgentStateEnum = stringEnum<AgentState>('AgentState', 'Whether an agent is there.', {
  CONNECTED: 'It has a session, and was heard of within 3 minutes.',
  STALE: 'It has not ended, and was not heard of for 3 minutes.',
  DISCONNECTED: 'It has ended; `endedReason` tells why.',
});

export const AgentEndingEnum = stringEnum<AgentEnding>(
  'AgentEnding',
  "Why an agent's life ended.",
  {
    DISCONNECTED: 'It said goodbye.',
    SUPERSEDED: 'A newer process registered with its key.',
    KEY_REVOKED: 'Its key was revoked.',
    EXPIRED: 'It was silent for too long.',
  },
);

@ObjectType('Agent', {
  implements: Node,
  simpleResolvers: true,
  description: 'A process that registered with an agent key, and serves one queue.',
})
export class AgentType extends Node {
  @Field(() => [String], { description: 'What it carries, each `key=value`.' })
  tags!: readonly string[];

  @Field(() => String, { description: 'What its process chose at random when it started.' })
  instance!: string;

  @Field(() => DateTime, { description: 'When it registered.' })
  registeredAt!: number;
}

export const AgentConnection = connectionOf('Agent', AgentType, 'the agents');
