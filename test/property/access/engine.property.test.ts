import fc from 'fast-check';
import { decide } from '../../../src/access/engine';
import { DECISION_CODES } from '../../../src/access/question';
import { ACTION_NAMES } from '../../../src/access/actions';
import { everyQuestion } from '../../support/access/every-question';
import { factsAt } from '../../support/access/facts-of-history';
import { historyAtMoment } from '../../support/access/random-history';
import { ReferenceAccess } from '../../support/reference/access';
import { ReferenceOrganization } from '../../support/reference/organization';

test('the engine answers every question as the reference does', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(historyAtMoment, ({ history, moment }) => {
      const facts = factsAt(history, moment);
      const { access, activity } = history;
      const reference = new ReferenceAccess(new ReferenceOrganization(access, activity, moment));
      for (const question of everyQuestion(history)) {
        const { code, allowed, reasons } = decide(facts, question);
        const expected = reference.answer(question);
        seen.add(code).add(`${question.action} ${allowed ? 'yes' : 'no'}`);
        if (code === expected && allowed === (code === 'ALLOWED')) {
          if (reasons.length === (allowed ? 1 : 0)) continue;
        }
        expect({ question, code, reasons }).toEqual({ question, code: expected, reasons: [] });
      }
    }),
    { numRuns: 100 },
  );
  // The random organizations are rich enough: every answer there is was given.
  const answers = ACTION_NAMES.flatMap((action) => [`${action} yes`, `${action} no`]);
  const codes = DECISION_CODES.filter((code) => code !== 'OUTSIDE_SCOPE');
  expect([...answers, ...codes].filter((answer) => !seen.has(answer))).toEqual([]);
});
