import { Field, Int, ObjectType } from 'type-graphql';
import type { Moment } from '../../access/facts';
import { MomentType } from './moment';
import { ReasonType, type Lazy } from './types';

@ObjectType('AccessAction', {
  simpleResolvers: true,
  description: 'An action that is allowed, and why.',
})
export class AccessActionType {
  @Field(() => String, { description: 'Its full name, such as `cluster:use`.' })
  action!: string;

  @Field(() => [ReasonType], { description: 'The chain that allows it.' })
  reasons!: Lazy<readonly ReasonType[]>;

  @Field(() => String, { nullable: true, description: 'With reach: whom the answer leaves out.' })
  notice!: string | null;
}

@ObjectType('AccessActions', {
  simpleResolvers: true,
  description: 'Every action that a subject may do on a resource.',
})
export class AccessActionsType {
  @Field(() => MomentType, { description: 'What the answer is true of.' })
  moment!: Moment;

  @Field(() => Int, { description: 'The version of the rules in force at the moment.' })
  rulesVersion!: number;

  @Field(() => [AccessActionType], { description: 'The actions; all of them.' })
  nodes!: readonly AccessActionType[];
}
