import { Field, ObjectType } from 'type-graphql';
import { Node } from '../node/node';
import { connectionOf } from '../paging/connection';
import { DateTime } from '../scalars/date-time';

@ObjectType('ApiToken', {
  implements: Node,
  simpleResolvers: true,
  description: 'What a member calls the API with. The token itself is shown once and never kept.',
})
export class ApiTokenType extends Node {
  @Field(() => String, { description: 'What it is for; may be empty.' })
  description!: string;

  @Field(() => [String], {
    description: 'What it may be used for: `read`, `write`, or names of actions.',
  })
  scopes!: readonly string[];

  @Field(() => [String], {
    description: 'The address ranges (CIDR) it may be used from. None means everywhere.',
  })
  addressRanges!: readonly string[];

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself.' })
  expiresAt!: number | null;
}

export const ApiTokenConnection = connectionOf('ApiToken', ApiTokenType, 'the API tokens');
