import fc from 'fast-check';
import { decide, ways } from '../../../src/access/engine';
import { reachSubjects, reachUsers, type ReachAction } from '../../../src/access/subjects';
import type { UserId } from '../../../src/domain/id';
import { everyQuestion } from '../../support/access/every-question';
import { factsAt } from '../../support/access/facts-of-history';
import { historyAtMoment } from '../../support/access/random-history';

test('who reaches is exactly those of whom the engine says so, with every way in', () => {
  const rulesSeen = new Set<string>();
  fc.assert(
    fc.property(historyAtMoment, ({ history, moment }) => {
      const facts = factsAt(history, moment);
      const questions = everyQuestion(history).filter(({ action }) => action.endsWith(':reach'));
      const asked = new Map<string, UserId[]>();
      for (const question of questions) {
        const { principal, action, resource } = question;
        if (principal.kind !== 'user') continue;
        const key = `${action} ${resource}`;
        const found = asked.get(key) ?? [];
        asked.set(key, decide(facts, question).allowed ? [...found, principal.id] : found);
      }
      for (const [key, expected] of asked) {
        const [action, resource] = key.split(' ') as [ReachAction, string];
        expect(reachUsers(facts, action, resource)).toEqual(expected.sort());
        for (const { userId, ways: found } of reachSubjects(facts, action, resource)) {
          const principal = { kind: 'user', id: userId, scopes: null } as const;
          expect(found).toEqual(ways(facts, { principal, action, resource }));
          expect(found).not.toEqual([]);
          for (const { rule } of found) rulesSeen.add(rule);
        }
      }
    }),
    { numRuns: 150 },
  );
  // Every shape of a way in came up: made, built, by oneself, through teams, by grant and by mode.
  for (const part of ['ADMIN', 'maintainer', 'lets its members create', 'BUILD', 'MANAGE']) {
    expect([...rulesSeen].some((rule) => rule.includes(part))).toBe(true);
  }
  expect([...rulesSeen].filter((rule) => rule.includes('granted on the queue'))).not.toEqual([]);
});
