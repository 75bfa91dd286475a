import { ValidateNested } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import { canBeTried } from '../../access/operations';
import type { CommandName } from '../../commands/inputs';
import type { PlannedChange } from '../../questions/preview-changes';
import { MUTATIONS } from '../mutation/all';
import type { ChangeInput } from '../mutation/inputs';
import { IsPreviewed } from '../validation/validators';
import { plannedChange } from './planned-changes';

/** The name of the input type of which exactly one field is given. */
export const ACCESS_CHANGE_INPUT = 'AccessChangeInput';

/** One change: of all fields the one that is named as its mutation. */
@InputType(ACCESS_CHANGE_INPUT, {
  description:
    'A change as the mutation of the same name would make it: give exactly one field, without `idempotencyKey` and `dryRun`. What the n-th change makes has the prefix of its kind and n in 26 digits for an id, such as clu_00000000000000000000000001; later changes may name it.',
})
export class AccessChangeInput {}

for (const { name, input, description } of MUTATIONS.filter(({ name }) => canBeTried(name))) {
  Field(() => input, { nullable: true, description })(AccessChangeInput.prototype, name);
  IsPreviewed()(AccessChangeInput.prototype, name);
  ValidateNested()(AccessChangeInput.prototype, name);
}

/** The mutations that a change names: exactly one, if it is as it must be. */
function namedIn(change: object): readonly (readonly [CommandName, ChangeInput])[] {
  const given = Object.entries(change) as [CommandName, ChangeInput | null | undefined][];
  return given.flatMap(([name, input]) => (input == null ? [] : [[name, input] as const]));
}

/** The changes as they are planned. Each was validated. */
export function toPlanned(changes: readonly AccessChangeInput[]): readonly PlannedChange[] {
  return changes.flatMap(namedIn).map(([mutation, input]) => plannedChange(mutation, input));
}
