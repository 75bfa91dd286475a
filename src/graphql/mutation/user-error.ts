import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Obstacle, Refusal, RefusalCode } from '../../domain/refusal';
import { stringEnum } from '../string-enum';

export type UserErrorCode = RefusalCode | 'SECRET_ALREADY_SHOWN';

const UserErrorCodeEnum = stringEnum<UserErrorCode>(
  'UserErrorCode',
  'Why a well-formed mutation was refused.',
  {
    NOT_FOUND: 'An id names nothing that the caller may see.',
    TAKEN: 'The slug, key or public key is or was in use.',
    ALREADY_EXISTS: 'The same grant, role or membership stands already.',
    CONFLICT: 'The entity has changed since `expectedVersion`; see `actualVersion`.',
    IN_USE: 'It cannot go while something uses it; see `usedBy` and `hiddenCount`.',
    LAST_ADMIN: 'The organization must keep an ADMIN.',
    INVALID: 'A value does not fit what is there.',
    NOT_ELIGIBLE: 'Whoever is named cannot hold this.',
    WRONG_CLUSTER: 'The things named lie in different clusters.',
    ARCHIVED: 'The pipeline is archived.',
    EXPIRY_IN_PAST: 'The expiry does not lie in the future.',
    LIMIT_REACHED: 'There are as many already as there may be.',
    KEY_REFUSED: 'The public key cannot be trusted.',
    PRIVATE_KEY_SUBMITTED:
      'The key holds its private part. That was not kept, and, except after a dry run, the key is never admitted; discard it.',
    SCOPE_TOO_WIDE: 'A token cannot have scopes beyond those of the token that makes it.',
    IDEMPOTENCY_KEY_REUSED: 'The idempotency key came with another input before.',
    SECRET_ALREADY_SHOWN: 'The mutation was done before, and its secret is shown only once.',
  },
);

const USES = {
  pipeline: 'PIPELINE',
  agentKey: 'AGENT_KEY',
  agent: 'AGENT',
  defaultQueue: 'DEFAULT_QUEUE',
} as const satisfies Record<Obstacle['kind'], string>;
type Use = (typeof USES)[Obstacle['kind']];

const UseEnum = stringEnum<Use>('Use', 'What stands in the way of a deletion.', {
  PIPELINE: 'A pipeline in the cluster.',
  AGENT_KEY: 'An agent key that is not revoked.',
  AGENT: 'An agent that has not ended.',
  DEFAULT_QUEUE: 'It is the default queue of its cluster.',
});

@ObjectType('UsedBy', { simpleResolvers: true, description: 'Something that uses something else.' })
class UsedByType {
  @Field(() => UseEnum, { description: 'What it is.' })
  kind!: Use;

  @Field(() => ID, { description: 'Its id.' })
  id!: string;
}

@ObjectType('UserError', {
  simpleResolvers: true,
  description: 'An expected refusal of a well-formed mutation. Nothing was changed.',
})
export class UserErrorType {
  @Field(() => UserErrorCodeEnum, { description: 'Why, for programs.' })
  code!: UserErrorCode;

  @Field(() => [String], { nullable: true, description: 'The path of the input field at fault.' })
  field!: readonly string[] | null;

  @Field(() => String, { description: 'Why, for people.' })
  message!: string;

  @Field(() => Int, { nullable: true, description: 'With CONFLICT: the version by now.' })
  actualVersion!: number | null;

  @Field(() => [UsedByType], { description: 'With IN_USE: by what, as far as the caller may see.' })
  usedBy!: readonly UsedByType[];

  @Field(() => Int, {
    nullable: true,
    description: 'With IN_USE: by how many more that the caller may not see.',
  })
  hiddenCount!: number | null;
}

/** A refusal as the schema shows it. The writer named only what the caller may see. */
export function toUserError({
  code,
  field,
  message,
  actualVersion,
  usedBy,
  hiddenCount,
}: Refusal): UserErrorType {
  return {
    code,
    field,
    message,
    actualVersion: actualVersion ?? null,
    usedBy: (usedBy ?? []).map(({ kind, id }) => ({ kind: USES[kind], id })),
    hiddenCount: hiddenCount ?? null,
  };
}

/** What a repeated mutation says in place of its secret. */
export const SECRET_ALREADY_SHOWN: UserErrorType = {
  code: 'SECRET_ALREADY_SHOWN',
  field: ['idempotencyKey'],
  message: 'This was done before under the same idempotency key; its secret was shown then.',
  actualVersion: null,
  usedBy: [],
  hiddenCount: null,
};
