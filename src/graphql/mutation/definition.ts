import type { ClassType } from 'type-graphql';
import type { CommandName, Inputs } from '../../commands/inputs';
import type { MutationInput } from './inputs';
import type { PayloadFields } from './payload';

/** A mutation as the schema shows it. Its input class must be what the command is told. */
export interface MutationDefinition<M extends CommandName> extends PayloadFields {
  readonly name: M;
  readonly description: string;
  readonly input: ClassType<Inputs[M] & MutationInput>;
}

/** Checks one definition against the command it stands for. */
export function mutation<M extends CommandName>(
  definition: MutationDefinition<M>,
): MutationDefinition<CommandName> {
  return definition;
}
