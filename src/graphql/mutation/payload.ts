import { Field, ID, ObjectType, type ClassType } from 'type-graphql';
import type { EntityKind } from '../../domain/entity';
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

/** Declares the payload type of a mutation. */
export function payloadType(
  mutation: string,
  { entities = [], ids = [], secret }: PayloadFields,
): ClassType {
  const name = mutation.charAt(0).toUpperCase() + mutation.slice(1);

  @ObjectType(`${name}Payload`, {
    simpleResolvers: true,
    description: `What ${mutation} answers with.`,
  })
  class Payload {
    @Field(() => Position, {
      nullable: true,
      description: 'Where the access ledger stood once it was done; null if it was refused.',
    })
    position!: number | null;

    @Field(() => [UserErrorType], { description: 'Why it was refused; empty if it was done.' })
    userErrors!: readonly UserErrorType[];
  }
  const add = (
    field: string,
    type: () => ClassType | typeof ID | typeof String,
    description: string,
  ) => Field(type, { nullable: true, description })(Payload.prototype, field);
  for (const { field, type, description } of entities) add(field, () => type, description);
  for (const { field, description } of ids) add(field, () => ID, description);
  if (secret !== undefined) add(secret.field, () => String, secret.description);
  return Payload;
}
