import type { MutationName } from '../../access/operations';
import { MUTATION_ACTIONS } from '../../access/operations';
import type { EntityKind, Versioned } from '../../domain/entity';
import { isRefusal, notFound, type Refusal } from '../../domain/refusal';
import type { World } from '../../views/world';
import type { Ask, DecideContext, Handler, Plan } from '../handler';

interface OnEntity<K extends EntityKind, F extends string, Input> {
  readonly mutation: MutationName;
  readonly kind: K;
  /** The field that holds the entity's id. */
  readonly field: F;
  /** What the mutation's action is asked of; the entity itself unless told. */
  readonly of?: (entity: Versioned<K>, world: World) => string;
  /** What the caller must be allowed to do besides. */
  readonly alsoAsks?: (entity: Versioned<K>, input: Input, world: World) => readonly Ask[];
  readonly decide: (
    entity: Versioned<K>,
    input: Input,
    world: World,
    context: DecideContext,
  ) => Plan | Refusal;
}

/** A handler of a mutation on one thing that its input names. An unknown id is refused as such. */
export function onEntity<
  K extends EntityKind,
  F extends string,
  Input extends Readonly<Record<F, string>>,
>(spec: OnEntity<K, F, Input>): Handler<Input> {
  const { mutation, kind, field } = spec;
  const find = (input: Input, world: World) => world.get(kind, input[field]) ?? notFound(field);
  return {
    asks: (input, world) => {
      const entity = find(input, world);
      if (isRefusal(entity)) return entity;
      const resource = spec.of?.(entity, world) ?? input[field];
      const named = { kind, id: input[field] };
      const first = { action: MUTATION_ACTIONS[mutation], resource, field, named };
      return [first, ...(spec.alsoAsks?.(entity, input, world) ?? [])];
    },
    decide: (input, world, context) => {
      const entity = find(input, world);
      return isRefusal(entity) ? entity : spec.decide(entity, input, world, context);
    },
  };
}
