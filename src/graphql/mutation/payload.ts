import { Args, Field, ID, ObjectType, type ClassType } from 'type-graphql';
import { canBeTried } from '../../access/operations';
import type { CommandName } from '../../commands/inputs';
import type { EntityKind } from '../../domain/entity';
import { AccessDifferenceConnection } from '../access/difference-types';
import { FirstArgs } from '../paging/args';
import { Position } from '../scalars/position';
import { UserErrorType } from './user-error';

/** A field that shows an entity, found by one of the ids that the command answers with. */
interface EntityField {
  readonly field: string;
  readonly type: ClassType;
  readonly kind: EntityKind;
  readonly id: string;
  readonly description: string;
}

/** A field that gives such an id itself: of something gone, or that the caller cannot see. */
interface IdField {
  readonly field: string;
  readonly id: string;
  readonly description: string;
}

/** What a mutation's answer shows besides its position and its refusals. */
export interface PayloadFields {
  readonly entities?: readonly EntityField[];
  readonly ids?: readonly IdField[];
  /** The field of what is shown once. */
  readonly secret?: { readonly field: string; readonly description: string };
}

@ObjectType()
class Payload {
  @Field(() => Position, {
    nullable: true,
    description: 'Where the access ledger stood once it was done; null if it was not.',
  })
  position!: number | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty if it was not.' })
  userErrors!: readonly UserErrorType[];
}

@ObjectType()
class ChangePayload extends Payload {
  /** The first pairs of what a dry run found; left out in earnest. */
  differenceOf?: (first: number) => AccessDifferenceConnection;

  @Field(() => AccessDifferenceConnection, {
    nullable: true,
    description:
      'With `dryRun`: who would gain and lose what, as `accessPreview` tells it of this one change; its cursors go on there. Null if it was refused or done. All other fields are null in a dry run, also those of what is there.',
  })
  accessDifference(@Args(() => FirstArgs) { first }: FirstArgs): AccessDifferenceConnection | null {
    return this.differenceOf?.(first) ?? null;
  }
}

/** Declares the payload type of a mutation. */
export function payloadType(
  mutation: CommandName,
  { entities = [], ids = [], secret }: PayloadFields,
): ClassType {
  const name = mutation.charAt(0).toUpperCase() + mutation.slice(1);
  const Base: ClassType<Payload> = canBeTried(mutation) ? ChangePayload : Payload;

  @ObjectType(`${name}Payload`, {
    simpleResolvers: true,
    description: `What ${mutation} answers with.`,
  })
  class PayloadOfOne extends Base {}

  const add = (
    field: string,
    type: () => ClassType | typeof ID | typeof String,
    description: string,
  ) => Field(type, { nullable: true, description })(PayloadOfOne.prototype, field);
  for (const { field, type, description } of entities) add(field, () => type, description);
  for (const { field, description } of ids) add(field, () => ID, description);
  if (secret !== undefined) add(secret.field, () => String, secret.description);
  return PayloadOfOne;
}
