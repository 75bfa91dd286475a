import { Field, Int, ObjectType } from 'type-graphql';
import type { Moment } from '../../access/facts';
import type { CommandName } from '../../commands/inputs';
import type { FaultCode } from '../../commands/protocol';
import { UserErrorType } from '../mutation/user-error';
import { stringEnum } from '../string-enum';
import { AccessDifferenceConnection } from './difference-types';
import { MomentType } from './moment';

const FaultCodeEnum = stringEnum<FaultCode>(
  'ChangeFaultCode',
  'With which top-level error a mutation would fail.',
  {
    UNAUTHENTICATED: 'The credential would not be valid any more: a change before ended it.',
    FORBIDDEN: 'One may not do this.',
    UNAVAILABLE: 'The server could not answer.',
    INTERNAL: 'A fault of the server.',
  },
);

@ObjectType('ChangeFault', {
  simpleResolvers: true,
  description: 'The top-level error that a mutation would fail with.',
})
class ChangeFaultType {
  @Field(() => FaultCodeEnum, { description: 'Why, for programs: its `extensions.code`.' })
  code!: FaultCode;

  @Field(() => String, { description: 'Why, for people.' })
  message!: string;
}

@ObjectType('RefusedChange', {
  simpleResolvers: true,
  description:
    'A change that would be refused, and what its mutation would say. One of `userError` and `fault` is there.',
})
export class RefusedChangeType {
  @Field(() => Int, { description: 'Which of the changes, counted from 1.' })
  change!: number;

  @Field(() => String, { description: 'The mutation that it names.' })
  mutation!: CommandName;

  @Field(() => UserErrorType, { nullable: true, description: 'The refusal among `userErrors`.' })
  userError!: UserErrorType | null;

  @Field(() => ChangeFaultType, { nullable: true, description: 'The top-level error.' })
  fault!: ChangeFaultType | null;
}

@ObjectType('AccessPreview', {
  simpleResolvers: true,
  description: 'What would follow from changes. Nothing is changed.',
})
export class AccessPreviewType {
  @Field(() => MomentType, {
    description:
      'When the changes are looked at, on every page: as if made one after the other then.',
  })
  moment!: Moment;

  @Field(() => Int, { description: 'The version of the rules in force at the moment.' })
  rulesVersion!: number;

  @Field(() => [RefusedChangeType], {
    description:
      'Each change that would be refused, in their order. It does nothing to those after.',
  })
  refused!: readonly RefusedChangeType[];

  @Field(() => AccessDifferenceConnection, {
    nullable: true,
    description: 'Who would gain and lose what by all of them; null if any would be refused.',
  })
  difference!: AccessDifferenceConnection | null;
}
