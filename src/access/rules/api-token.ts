import type { Action } from '../actions';
import { anyOf, bothOf, NONE, type Row, type Rule } from '../rule';
import { admin, auditor, oneself } from '../standing';

const anotherService: Rule = (asked, userId) => {
  if (asked.userId === userId) return NONE;
  const { facts } = asked;
  const [member] = facts.between(userId, 'member', facts.organizationId);
  if (member?.detail?.memberKind !== 'SERVICE') return NONE;
  return [{ rule: 'for a SERVICE member', facts: [member] }];
};

/**
 * Rules about API tokens; the resource is the member they act as. That a token is never wider than
 * the one in use is a matter of scopes. Calls of Facts: both members.
 */
export const apiTokenRows = {
  'api-token:create': {
    text: 'For oneself; ADMIN also for SERVICE members; and whoever holds the host, for any member.',
    user: anyOf(oneself, bothOf(admin, anotherService)),
    host: () => [{ rule: 'host', facts: [] }],
  },
  'api-token:revoke': { text: "One's own; ADMIN everyone's.", user: anyOf(oneself, admin) },
  'api-token:read': {
    text: "One's own; ADMIN and AUDITOR everyone's.",
    user: anyOf(oneself, admin, auditor),
  },
} satisfies Partial<Record<Action, Row>>;
