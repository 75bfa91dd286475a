import { mutation } from '../mutation/definition';
import { OrganizationCreateInput, OrganizationUpdateInput } from './inputs';
import { OrganizationType } from './types';

export const ORGANIZATION_MUTATIONS = [
  mutation({
    name: 'organizationCreate',
    description:
      "Creates an organization and its first ADMIN. Only with the installation's own token, which then sees nothing of it.",
    input: OrganizationCreateInput,
    ids: [
      { field: 'organizationId', id: 'organizationId', description: 'The new organization.' },
      { field: 'adminId', id: 'userId', description: 'Its first ADMIN.' },
    ],
    secret: {
      field: 'adminToken',
      description: "The first ADMIN's API token. It is shown this once.",
    },
  }),
  mutation({
    name: 'organizationUpdate',
    description: 'Changes what an organization is called, or its settings. For ADMINs.',
    input: OrganizationUpdateInput,
    entities: [
      {
        field: 'organization',
        type: OrganizationType,
        kind: 'organization',
        id: 'organizationId',
        description: 'The organization as it is now.',
      },
    ],
  }),
];
