import type { Action } from '../actions';
import { anyOf, type Row } from '../rule';
import { admin, anyMember, auditor } from '../standing';

/** Rules about the organization as a whole. One call of Facts, the member's own fact. */
export const organizationRows = {
  'organization:create': {
    text: 'The installation itself, with the token made on its host.',
    installation: () => [{ rule: 'installation', facts: [] }],
  },
  'organization:read': { text: 'Any member.', user: anyMember },
  'organization:manage': { text: 'ADMIN.', user: admin },
  'member:manage': { text: 'ADMIN.', user: admin },
  'pipeline-creation:manage': { text: 'ADMIN.', user: admin },
  'audit:read': { text: 'ADMIN or AUDITOR.', user: anyOf(admin, auditor) },
  'team:create': { text: 'ADMIN.', user: admin },
  'cluster:create': { text: 'ADMIN.', user: admin },
} satisfies Partial<Record<Action, Row>>;
