import { Field, ID, InputType, Int } from 'type-graphql';
import {
  IsId,
  IsIdempotencyKey,
  IsNotNull,
  IsOnlyWithout,
  IsVersion,
} from '../validation/validators';

/** What every mutation's input has. */
@InputType()
export class MutationInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Makes repeating safe: within 7 days the same key and input give the first result again, as far as the caller may still read it, and another input is refused.',
  })
  @IsIdempotencyKey()
  idempotencyKey?: string | null;
}

/** The input of a mutation that can be tried out first. */
@InputType()
export class ChangeInput extends MutationInput {
  @Field(() => Boolean, {
    nullable: true,
    description:
      'True to try it out: it is decided as ever and nothing is written, no idempotency key used; `accessDifference` tells who would gain and lose what.',
  })
  @IsNotNull()
  dryRun?: boolean;
}

/** The input of a mutation that changes an entity. What is left out stays as it is. */
@InputType()
export class UpdateInput extends ChangeInput {
  @Field(() => Int, {
    nullable: true,
    description: 'Refuse with CONFLICT unless the entity has this version.',
  })
  @IsNotNull()
  @IsVersion()
  expectedVersion?: number;
}

/** The input of a mutation that gives something to a member or a team. */
@InputType()
export class HolderInput extends ChangeInput {
  @Field(() => ID, { nullable: true, description: 'The team that gets it; or give `userId`.' })
  @IsNotNull()
  @IsId('tea')
  @IsOnlyWithout('userId')
  teamId?: string;

  @Field(() => ID, { nullable: true, description: 'The member that gets it; or give `teamId`.' })
  @IsNotNull()
  @IsId('usr')
  userId?: string;
}
