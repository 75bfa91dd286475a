import { Arg, Ctx, Mutation, Resolver, type ClassType } from 'type-graphql';
import type { CommandName } from '../../commands/inputs';
import type { RequestContext } from '../context';
import type { MutationDefinition } from './definition';
import type { ChangeInput } from './inputs';
import { mutate } from './mutate';
import { payloadType } from './payload';

/**
 * Makes the resolver class of mutations that are nothing but a command: the decorators are applied
 * here, once, as they would stand on a method for each.
 */
export function mutationResolver(
  definitions: readonly MutationDefinition<CommandName>[],
): ClassType {
  @Resolver()
  class Mutations {}

  const prototype: object = Mutations.prototype;
  for (const definition of definitions) {
    const { name, description, input } = definition;
    const payload = payloadType(name, definition);
    const value = (told: ChangeInput, context: RequestContext): Promise<object> =>
      mutate(context, definition, told);
    Object.defineProperty(prototype, name, { value });
    Arg('input', () => input, { description: 'What to do.' })(prototype, name, 0);
    Ctx()(prototype, name, 1);
    Mutation(() => payload, { nullable: true, description })(prototype, name, { value });
  }
  return Mutations;
}
