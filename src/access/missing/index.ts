import type { MemberRole } from '../../domain/member/events';
import { decide } from '../engine';
import { exists } from '../existence';
import type { Facts } from '../facts';
import type { DecisionCode, Question } from '../question';
import type { MemberAsked } from '../rule';
import { rulesOf } from '../rules-version';
import { and, oneOf } from './family';
import { groupSets, type MissingGroup } from './group';
import { whole, type Lot } from './lot';
import { changeRole } from './steps';
import { Subject } from './subject';

/** What would allow what is denied. */
export type Missing =
  | { readonly fixable: true; readonly groups: readonly MissingGroup[] }
  | { readonly fixable: false };

/** So many sets of each group are told; all are counted. */
const SETS_TOLD = 10;

/** No change to what is given helps against these, or none may be told. */
const FINAL: ReadonlySet<DecisionCode> = new Set<DecisionCode>(['NOT_FOUND', 'OUTSIDE_SCOPE']);

/**
 * The smallest sets of changes any one of which would allow what is denied; null if it is allowed.
 * Becoming AUDITOR is named only where nothing else helps, becoming ADMIN only where not even that
 * does. Whoever shows them must see to it that the asker may read the resource.
 *
 * Throws TooManyWays rather than leave any uncounted, and a RangeError like `decide`.
 */
export function missing(facts: Facts, question: Question, setsTold = SETS_TOLD): Missing | null {
  const { allowed, code } = decide(facts, question);
  if (allowed) return null;
  if (FINAL.has(code)) return { fixable: false };
  const groups = groupsOf(facts, question, setsTold);
  return groups.length === 0 ? { fixable: false } : { fixable: true, groups };
}

function groupsOf(facts: Facts, question: Question, setsTold: number): readonly MissingGroup[] {
  const { principal, action, resource } = question;
  const asked = { facts, question, every: false };
  const rules = rulesOf(facts).missing;
  if (principal.kind === 'pipeline') {
    const lacks = rules.pipeline[action];
    if (lacks === undefined || !exists(facts, 'pipeline', principal.id)) return [];
    return groupSets(whole(lacks(asked, principal.id)), setsTold);
  }
  if (principal.kind !== 'user') return [];
  const [member] = facts.between(principal.id, 'member', facts.organizationId);
  if (member === undefined || member.level === 'ADMIN') return [];
  const role = member.level === 'AUDITOR' ? 'AUDITOR' : 'MEMBER';
  const memberAsked = { ...asked, userId: principal.id, role } as const;
  const subject = new Subject(memberAsked);
  const lots = rules.user[action]?.(subject, resource) ?? [];
  const able = role === 'AUDITOR' ? lots.map((lot) => afterBecoming(subject, lot)) : lots;
  const groups = groupSets(able, setsTold);
  return groups.length > 0 ? groups : groupSets(lastResort(memberAsked, subject), setsTold);
}

/** An AUDITOR can hold nothing, so that whatever else they get they must be a MEMBER. */
function afterBecoming({ self }: Subject, lot: Lot): Lot {
  const becomes = oneOf(changeRole(self, 'MEMBER'));
  return { ...lot, family: (index) => and(becomes, lot.family(index)) };
}

/** The least role that allows it by itself, of those that the member does not have. */
function lastResort(asked: MemberAsked, { self }: Subject): readonly Lot[] {
  const { rows } = rulesOf(asked.facts);
  const { action, resource } = asked.question;
  const helps = (role: MemberRole): boolean => {
    const verdict = rows[action].user?.({ ...asked, role }, resource) ?? [];
    return typeof verdict !== 'string' && verdict.length > 0;
  };
  const roles: readonly MemberRole[] = ['AUDITOR', 'ADMIN'];
  const role = roles.find(helps);
  return role === undefined ? [] : whole(oneOf(changeRole(self, role)));
}
