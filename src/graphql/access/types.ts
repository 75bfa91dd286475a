import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Action } from '../../access/actions';
import type { Moment } from '../../access/facts';
import type { DecisionCode } from '../../access/question';
import { ActorType, type Actor } from '../audit/types';
import { DateTime } from '../scalars/date-time';
import { Position } from '../scalars/position';
import { stringEnum } from '../string-enum';
import { AccessMissingType } from './missing-types';
import { MomentType } from './moment';

const DecisionCodeEnum = stringEnum<DecisionCode>('DecisionCode', 'How a question came out.', {
  ALLOWED: 'A rule allows it.',
  DENIED: 'No rule allows it.',
  NOT_FOUND: 'There is no such thing, or the asker may not ask about it.',
  OUTSIDE_SCOPE: "The API token's scopes do not cover it.",
  BRANCH_REQUIRED: 'The queue takes the pipeline on some branches only, and none was named.',
  BRANCH_NOT_GRANTED: 'The queue does not take the pipeline on that branch.',
  NOT_IN_CLUSTER: "The pipeline is not in the queue's cluster.",
  ARCHIVED: 'The pipeline is archived.',
  QUEUE_RESTRICTED: 'The queue is RESTRICTED and does not grant the pipeline.',
  KEY_NOT_ACTIVE: 'The agent key is not active.',
  KEY_NOT_FOR_QUEUE: 'The agent key does not admit the queue.',
  AGENT_ENDED: 'The agent has ended.',
});

@ObjectType('FactEvent', {
  simpleResolvers: true,
  description: 'The event that a fact follows from; look it up with `auditEvents`.',
})
export class FactEventType {
  @Field(() => Position, { description: 'Its place in the access ledger.' })
  position!: number;

  @Field(() => String, { description: 'What happened, such as `ClusterGranted`.' })
  type!: string;

  @Field(() => ActorType, { description: 'Who caused it.' })
  actor!: Actor;

  @Field(() => DateTime, { description: 'When it was recorded.' })
  recordedAt!: number;
}

@ObjectType('Fact', {
  simpleResolvers: true,
  description: 'A relation that access follows from, read as: subject, relation, object.',
})
export class FactType {
  @Field(() => String, { description: 'The relation, such as `clusterGrant`.' })
  relation!: string;

  @Field(() => ID, { description: 'What stands in the relation.' })
  subjectId!: string;

  @Field(() => ID, { description: 'To what it stands in the relation.' })
  objectId!: string;

  @Field(() => String, { nullable: true, description: 'The role, level or mode, if there is one.' })
  level!: string | null;

  @Field(() => [String], { description: 'The branches it is for, if it is limited to some.' })
  branches!: readonly string[];

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself.' })
  expiresAt!: number | null;

  @Field(() => FactEventType, {
    nullable: true,
    description: 'The event it follows from; null if a preview supposes it.',
  })
  event!: FactEventType | null;
}

@ObjectType('Reason', {
  simpleResolvers: true,
  description: 'One chain of facts that allows something by itself.',
})
export class ReasonType {
  @Field(() => String, { description: 'The rule, in words.' })
  rule!: string;

  @Field(() => [FactType], { description: 'The chain, as far as the asker may see it.' })
  facts!: readonly FactType[];

  @Field(() => Int, { description: 'How many facts of the chain the asker may not see.' })
  hiddenFactCount!: number;
}

@ObjectType('AccessDecision', { simpleResolvers: true, description: 'An answer, and why.' })
export class AccessDecisionType {
  @Field(() => Boolean, { description: 'Whether it is allowed.' })
  allowed!: boolean;

  @Field(() => DecisionCodeEnum, { description: 'How the question came out, for programs.' })
  code!: DecisionCode;

  @Field(() => String, { description: 'How the question came out, for people.' })
  message!: string;

  @Field(() => MomentType, { description: 'What the answer is true of.' })
  moment!: Moment;

  @Field(() => Int, { description: 'The version of the rules in force at the moment.' })
  rulesVersion!: number;

  @Field(() => [ReasonType], { description: 'The chain that allows it; empty for a denial.' })
  reasons!: Lazy<readonly ReasonType[]>;

  @Field(() => AccessMissingType, {
    nullable: true,
    description:
      'For a denial: what would allow it. Null if it is allowed, and if one may not see the resource.',
  })
  missing!: Lazy<Promise<AccessMissingType | null> | null>;

  @Field(() => String, { nullable: true, description: 'With reach: whom the answer leaves out.' })
  notice!: string | null;
}

/** What is worked out only if it is selected. */
export type Lazy<T> = () => T;

/** What an answer about this action must say. */
export function noticeOf(action: Action): string | null {
  return action.endsWith(':reach') ? REACH_NOTICE : null;
}

/** What every answer about reach must say. */
export const REACH_NOTICE =
  'People who can change the code that a pipeline checks out are not counted.';
