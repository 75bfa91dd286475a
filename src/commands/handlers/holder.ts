import type { HolderId } from '../../domain/id';
import { checkCanHold } from '../../domain/member/decide';
import { notFound, refuse, type Refusal } from '../../domain/refusal';
import type { World } from '../../views/world';
import type { HolderInput } from '../inputs';
import type { Caller } from '../protocol';
import { isKnown } from './readable';

/**
 * The team or member that the input names and that may hold something, or why not. A team that the
 * caller may not see is like none: whatever comes after must not tell them apart.
 */
export function findHolder(input: HolderInput, world: World, caller: Caller): HolderId | Refusal {
  const { teamId, userId } = input;
  if ((teamId === undefined) === (userId === undefined)) {
    return refuse('INVALID', 'teamId', 'Name either a team or a user.');
  }
  if (teamId !== undefined) {
    const team = isKnown(world, caller, teamId) ? world.get('team', teamId) : undefined;
    return team?.id ?? notFound('teamId');
  }
  const member = world.get('member', userId ?? '');
  return member === undefined ? notFound('userId') : (checkCanHold(member) ?? member.id);
}
