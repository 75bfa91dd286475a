import type { Decision, DecisionCode, Reason } from './question';
import { NONE } from './rule';

/** What each code says, in one sentence for a person. */
const MESSAGES: Readonly<Record<DecisionCode, string>> = {
  ALLOWED: 'It is allowed.',
  DENIED: 'No rule allows it.',
  NOT_FOUND: 'The organization has no such thing.',
  OUTSIDE_SCOPE: 'The scopes of the API token do not cover it.',
  BRANCH_REQUIRED: 'The queue takes this pipeline on some branches only, and none was named.',
  BRANCH_NOT_GRANTED: 'The queue does not take this pipeline on that branch.',
  NOT_IN_CLUSTER: "The pipeline is not in the queue's cluster.",
  ARCHIVED: 'The pipeline is archived.',
  QUEUE_RESTRICTED: 'The queue is restricted and does not grant this pipeline.',
  KEY_NOT_ACTIVE: 'The agent key is unknown, not proven yet, revoked or expired.',
  KEY_NOT_FOR_QUEUE: 'The agent key does not admit this queue.',
  AGENT_ENDED: 'The agent has ended.',
};

/** Denied, with this code. */
export function denied(code: Exclude<DecisionCode, 'ALLOWED'>): Decision {
  return { allowed: false, code, message: MESSAGES[code], reasons: NONE };
}

/** Allowed, for this reason. */
export function allowed(reason: Reason): Decision {
  return { allowed: true, code: 'ALLOWED', message: MESSAGES.ALLOWED, reasons: [reason] };
}
