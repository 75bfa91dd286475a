import { mutation } from '../mutation/definition';
import {
  OrganizationMemberAddInput,
  OrganizationMemberRemoveInput,
  OrganizationMemberUpdateInput,
} from './inputs';
import { MemberType } from './types';

const member = (description: string) => ({
  field: 'member',
  type: MemberType,
  kind: 'member' as const,
  id: 'userId',
  description,
});

export const MEMBER_MUTATIONS = [
  mutation({
    name: 'organizationMemberAdd',
    description: 'Adds a person or a service to an organization. For ADMINs.',
    input: OrganizationMemberAddInput,
    entities: [member('The new member.')],
  }),
  mutation({
    name: 'organizationMemberUpdate',
    description: "Changes a member's name, address or role; never the last ADMIN's. For ADMINs.",
    input: OrganizationMemberUpdateInput,
    entities: [member('The member as it is now.')],
  }),
  mutation({
    name: 'organizationMemberRemove',
    description:
      'Removes a member; every membership, role, grant and API token ends with it. For ADMINs.',
    input: OrganizationMemberRemoveInput,
    ids: [{ field: 'removedMemberId', id: 'userId', description: 'The member who is gone.' }],
  }),
];
