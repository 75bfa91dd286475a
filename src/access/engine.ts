import type { MemberRole } from '../domain/member/events';
import { ACTIONS } from './actions';
import { allowed, denied } from './decision';
import { exists } from './existence';
import type { Fact, Facts } from './facts';
import type { Decision, Principal, Question, Reason } from './question';
import type { Asked, Row, Verdict } from './rule';
import { rulesOf } from './rules-version';
import { covers } from './scopes';

/**
 * Answers one question from the facts of one moment, with the first chain of facts that allows it.
 * Denies whatever no rule allows. Calls of Facts per action are told beside its rules.
 *
 * Throws a RangeError when the rules in force at the moment are of a version this program lacks.
 */
export function decide(facts: Facts, question: Question): Decision {
  const verdict = judge({ facts, question, every: false });
  if (typeof verdict === 'string') return denied(verdict);
  const [first] = verdict;
  return first === undefined ? denied('DENIED') : allowed(first);
}

/**
 * Every chain of facts that allows it by itself, none if it is denied. For reach this can be many:
 * each grant to build counts with each grant of USE and each queue. Throws like `decide`.
 */
export function ways(facts: Facts, question: Question): readonly Reason[] {
  const verdict = judge({ facts, question, every: true });
  return typeof verdict === 'string' ? [] : verdict;
}

function judge(asked: Asked): Verdict {
  const { facts, question } = asked;
  const row = rulesOf(facts).rows[question.action];
  const { principal, resource } = question;
  switch (principal.kind) {
    case 'user':
      return judgeUser(asked, row, principal);
    case 'pipeline': {
      const verdict = row.pipeline?.(asked, principal.id) ?? 'DENIED';
      // A chain begins at the pipeline and so proves that it exists; a denial does not.
      const unknown = typeof verdict === 'string' && !exists(facts, 'pipeline', principal.id);
      return unknown ? 'DENIED' : verdict;
    }
    case 'agentKey':
      return row.agentKey?.(asked, principal.id) ?? 'DENIED';
    case 'agent':
      return row.agent?.(asked, principal.id) ?? 'DENIED';
    case 'installation':
    case 'host': {
      const rule = row[principal.kind];
      if (rule === undefined) return 'DENIED';
      return exists(facts, ACTIONS[question.action], resource) ? rule() : 'NOT_FOUND';
    }
  }
}

/**
 * Scopes come first and tell nothing of the organization; a stranger is told nothing either. What is
 * not there is judged by the same rule before it is called unknown, so that it takes no less time than
 * what is there and allows nothing.
 */
function judgeUser(asked: Asked, row: Row, principal: Principal & { kind: 'user' }): Verdict {
  const { facts, question, every } = asked;
  const { action, resource } = question;
  if (principal.scopes !== null && !covers(principal.scopes, action)) return 'OUTSIDE_SCOPE';
  const [member] = facts.between(principal.id, 'member', facts.organizationId);
  if (row.user === undefined || member === undefined) return 'DENIED';
  const there = exists(facts, ACTIONS[action], resource);
  const role = roleOf(member);
  const verdict = row.user({ facts, question, every, userId: principal.id, role }, resource);
  if (!there) return 'NOT_FOUND';
  if (typeof verdict === 'string') return verdict;
  return verdict.map(({ rule, facts: chain }) => ({ rule, facts: [member, ...chain] }));
}

/** The role that the member's own fact states. */
export function roleOf({ level }: Fact): MemberRole {
  return level === 'ADMIN' || level === 'AUDITOR' ? level : 'MEMBER';
}
