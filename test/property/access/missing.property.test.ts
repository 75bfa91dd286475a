import fc from 'fast-check';
import { ACTION_NAMES, type Action } from '../../../src/access/actions';
import { decide } from '../../../src/access/engine';
import { missing } from '../../../src/access/missing';
import { CHANGE_KINDS, type Change } from '../../../src/access/missing/change';
import type { Question } from '../../../src/access/question';
import { everyQuestion } from '../../support/access/every-question';
import { factsAt } from '../../support/access/facts-of-history';
import { historyAtMoment } from '../../support/access/random-history';
import { ReferenceMissing } from '../../support/reference/missing';
import { ReferenceOrganization } from '../../support/reference/organization';

jest.setTimeout(300_000);

/** How many denials of each action are worked out in one organization: more where more can be. */
const TOLD: Readonly<Partial<Record<Action, number>>> = {
  'queue:reach': 6,
  'cluster:reach': 4,
  'queue:run': 6,
  'agent:run': 6,
  'pipeline:build': 4,
  'pipeline:create': 4,
  'pipeline:move': 4,
};

/** Actions that no member ever has. */
const NEVER_A_MEMBERS: readonly Action[] = [
  'queue:run',
  'agent:run',
  'agent:register',
  'agent:session',
  'organization:create',
];

function sample(denials: readonly Question[], seed: number): readonly Question[] {
  const groups = new Map<string, Question[]>();
  for (const question of denials) {
    const { kind } = question.principal;
    const isHelped = kind === 'user' || (kind === 'pipeline' && question.action.endsWith(':run'));
    const key = isHelped ? `${kind} ${question.action}` : kind;
    groups.set(key, [...(groups.get(key) ?? []), question]);
  }
  return [...groups.values()].flatMap((questions) => {
    const [first] = questions;
    const told = (first === undefined ? undefined : TOLD[first.action]) ?? 2;
    const step = Math.max(1, Math.floor(questions.length / told));
    return questions.filter((_, at) => at % step === seed % step);
  });
}

function canonical(sets: readonly (readonly Change[])[]): readonly string[] {
  const text = (change: Change): string =>
    JSON.stringify(Object.entries(change).sort(([a], [b]) => (a < b ? -1 : 1)));
  return sets.map((set) => set.map(text).sort().join(' ')).sort();
}

test('what is missing is exactly what a search through every change finds', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(historyAtMoment, fc.nat(), ({ history, moment }, seed) => {
      const facts = factsAt(history, moment);
      const { access, activity } = history;
      const organization = new ReferenceOrganization(access, activity, moment);
      const denials = everyQuestion(history).filter((q) => !decide(facts, q).allowed);
      for (const question of sample(denials, seed)) {
        const found = missing(facts, question, Number.MAX_SAFE_INTEGER);
        const groups = found?.fixable === true ? found.groups : [];
        const sets = groups.flatMap((group) => group.sets);
        const reference = new ReferenceMissing(organization, question);
        const expected = canonical(reference.sets());
        if (JSON.stringify(canonical(sets)) !== JSON.stringify(expected)) {
          expect({ question, sets: canonical(sets) }).toEqual({ question, sets: expected });
        }
        expect(found?.fixable).toBe(expected.length > 0);
        for (const set of sets) {
          expect(reference.flips(set)).toBe(true);
          expect(reference.smaller(set).some((less) => reference.flips(less))).toBe(false);
          seen.add(`${String(set.length)} changes`);
          for (const { kind } of set) seen.add(kind);
        }
        // Each group has one shape and counts all its sets, of which few are told otherwise.
        expect(new Set(groups.map(({ shape }) => shape)).size).toBe(groups.length);
        for (const { count, kinds, sets: told } of groups) {
          expect(told.length).toBe(count);
          for (const set of told) expect(set.map(({ kind }) => kind)).toEqual(kinds);
        }
        expect(missing(facts, question, 1)).toEqual(
          found?.fixable === true
            ? { ...found, groups: groups.map((group) => ({ ...group, sets: [group.sets[0]] })) }
            : found,
        );
        const { kind } = question.principal;
        seen.add(`${kind} ${question.action} ${found?.fixable === true ? 'fixable' : 'not'}`);
      }
    }),
    { numRuns: 40 },
  );
  // The random organizations are rich enough: every change came up, and sets of every size.
  expect(CHANGE_KINDS.filter((kind) => !seen.has(kind))).toEqual([]);
  expect([1, 2, 3, 4].filter((size) => !seen.has(`${String(size)} changes`))).toEqual([]);
  const ofMembers = ACTION_NAMES.filter((action) => !NEVER_A_MEMBERS.includes(action));
  const unseen = ofMembers.filter((action) => !seen.has(`user ${action} fixable`));
  expect(unseen).toEqual(['organization:read']);
  expect(['queue:run', 'agent:run'].filter((a) => !seen.has(`pipeline ${a} fixable`))).toEqual([]);
  expect(seen.has('pipeline agent:run not')).toBe(true);
});
