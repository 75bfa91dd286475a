import { MUTATION_ACTIONS } from '../../access/operations';
import { isId, type UserId } from '../../domain/id';
import { addMember, removeMember, updateMember } from '../../domain/member/decide';
import { notFound, refuse, type Refusal } from '../../domain/refusal';
import type { World } from '../../views/world';
import type { Handler } from '../handler';
import type {
  OrganizationMemberAddInput,
  OrganizationMemberRemoveInput,
  OrganizationMemberUpdateInput,
} from '../inputs';
import { endings, HOLDINGS } from './endings';
import { onEntity } from './on-entity';
import { after, planOf } from './plan';

/** The old id of a former member. Whoever was never a member here is unknown. */
function readmitted(world: World, userId: string): UserId | Refusal {
  if (!isId('usr', userId) || !world.existed('member', userId)) return notFound('userId');
  if (world.get('member', userId) === undefined) return userId;
  return refuse('ALREADY_EXISTS', 'userId', 'This is a member already.');
}

function hasOtherAdmins(world: World, userId: string): boolean {
  const admins = world.facts.on(world.organizationId, 'member', 'ADMIN');
  return admins.some(({ subject }) => subject !== userId);
}

export const organizationMemberAdd: Handler<OrganizationMemberAddInput> = {
  asks: ({ organizationId: resource }) => [
    { action: MUTATION_ACTIONS.organizationMemberAdd, resource, field: 'organizationId' },
  ],
  decide: (input, world, { newId }) => {
    const { email = null } = input;
    const userId = input.userId === undefined ? newId('usr') : readmitted(world, input.userId);
    if (typeof userId !== 'string') return userId;
    return planOf(addMember(userId, { ...input, email }), { userId });
  },
};

export const organizationMemberUpdate = onEntity<'member', 'userId', OrganizationMemberUpdateInput>(
  {
    mutation: 'organizationMemberUpdate',
    kind: 'member',
    field: 'userId',
    of: (_member, world) => world.organizationId,
    decide: (member, input, world) => {
      const becomesAuditor = input.role === 'AUDITOR' && member.role !== 'AUDITOR';
      const lost = becomesAuditor ? endings(world, member.id, HOLDINGS) : [];
      const decided = updateMember(member, input, hasOtherAdmins(world, member.id));
      return planOf(after(lost, decided), { userId: member.id });
    },
  },
);

export const organizationMemberRemove = onEntity<'member', 'userId', OrganizationMemberRemoveInput>(
  {
    mutation: 'organizationMemberRemove',
    kind: 'member',
    field: 'userId',
    of: (_member, world) => world.organizationId,
    decide: (member, _input, world) => {
      const decided = removeMember(member, hasOtherAdmins(world, member.id));
      return planOf(after(endings(world, member.id), decided), { userId: member.id });
    },
  },
);
