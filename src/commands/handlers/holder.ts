import type { HolderId } from '../../domain/id';
import { checkCanHold } from '../../domain/member/decide';
import { notFound, refuse, type Refusal } from '../../domain/refusal';
import type { World } from '../../views/world';
import type { HolderInput } from '../inputs';

/** The team or member that the input names and that may hold something, or why not. */
export function findHolder(input: HolderInput, world: World): HolderId | Refusal {
  const { teamId, userId } = input;
  if ((teamId === undefined) === (userId === undefined)) {
    return refuse('INVALID', 'teamId', 'Name either a team or a user.');
  }
  if (teamId !== undefined) return world.get('team', teamId)?.id ?? notFound('teamId');
  const member = world.get('member', userId ?? '');
  return member === undefined ? notFound('userId') : (checkCanHold(member) ?? member.id);
}
