import fc from 'fast-check';
import { decide } from '../../../src/access/engine';
import { missing } from '../../../src/access/missing';
import { CHANGE_KINDS, type Change } from '../../../src/access/missing/change';
import type { Question } from '../../../src/access/question';
import { everyQuestion } from '../../support/access/every-question';
import { factsAt } from '../../support/access/facts-of-history';
import { historyAtMoment } from '../../support/access/random-history';
import { ReferenceMissing } from '../../support/reference-missing';
import { ReferenceOrganization } from '../../support/reference-organization';

/** Denials of each organization that are worked out: some of each action, for different people. */
const EACH_ACTION = 2;

function sample(denials: readonly Question[], seed: number): readonly Question[] {
  const byAction = new Map<string, Question[]>();
  for (const question of denials) {
    const key = `${question.principal.kind} ${question.action}`;
    byAction.set(key, [...(byAction.get(key) ?? []), question]);
  }
  return [...byAction.values()].flatMap((questions) =>
    Array.from({ length: EACH_ACTION }, (_, n) => questions[(seed * (n + 7)) % questions.length]),
  ) as readonly Question[];
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
        }
        for (const { count, kinds, sets: told } of groups) {
          expect(told.length).toBe(count);
          for (const set of told) expect(set.map(({ kind }) => kind)).toEqual(kinds);
        }
        seen.add(`${question.principal.kind} ${question.action}`);
        for (const set of sets) {
          seen.add(`${String(set.length)} changes`);
          for (const { kind } of set) seen.add(kind);
        }
      }
    }),
    { numRuns: Number(process.env['RUNS'] ?? 100) },
  );
  expect(CHANGE_KINDS.filter((kind) => !seen.has(kind))).toEqual([]);
});
