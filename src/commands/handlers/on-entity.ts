import type { MutationName } from '../../access/operations';
import { MUTATION_ACTIONS } from '../../access/operations';
import { NOWHERE } from '../../access/rule';
import type { EntityKind, Versioned } from '../../domain/entity';
import { notFound, type Refusal } from '../../domain/refusal';
import type { World } from '../../views/world';
import type { Ask, DecideContext, Handler, Plan } from '../handler';

interface OnEntity<K extends EntityKind, F extends string, Input> {
  readonly mutation: MutationName;
  readonly kind: K;
  /** The field that holds the entity's id. */
  readonly field: F;
  /** What the mutation's action is asked of; the entity itself unless told. Undefined if there is none. */
  readonly of?: (entity: Versioned<K> | undefined, world: World) => string | undefined;
  /** What the caller must be allowed to do besides. */
  readonly alsoAsks?: (input: Input, world: World) => readonly Ask[];
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
  return {
    asks: (input, world) => {
      const named = { kind, id: input[field] };
      // What is not there is asked of as well: the rules refuse it as what is hidden, and as fast.
      const resource = spec.of ? (spec.of(world.get(kind, named.id), world) ?? NOWHERE) : named.id;
      const first = { action: MUTATION_ACTIONS[mutation], resource, field, named };
      return [first, ...(spec.alsoAsks?.(input, world) ?? [])];
    },
    decide: (input, world, context) => {
      const entity = world.get(kind, input[field]);
      return entity === undefined ? notFound(field) : spec.decide(entity, input, world, context);
    },
  };
}
