import { createUnionType } from 'type-graphql';
import type { Versioned } from '../../domain/entity';
import type { HolderId } from '../../domain/id';
import type { RequestContext } from '../context';
import { MemberType } from '../member/types';
import { TeamType } from '../team/types';
import { find } from './find';
import { typeNameOf } from './node';

export type Holder = Versioned<'member'> | Versioned<'team'>;

export const HolderUnion = createUnionType({
  name: 'Holder',
  description: 'Who may hold a role or a grant: a member, or a team for all its members.',
  types: () => [MemberType, TeamType] as const,
  resolveType: (holder) => typeNameOf(holder as Holder),
});

/** The holder, or null as far as the caller may not see it. */
export function findHolder(context: RequestContext, id: HolderId): Holder | null {
  return id.startsWith('tea_') ? find(context, 'team', id) : find(context, 'member', id);
}
