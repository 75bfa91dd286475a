import fc from 'fast-check';
import { hasResources } from '../../../src/access/lists/ask';
import { subjectKindOf } from '../../../src/access/lists/lists';
import { seenResources, seenSubjects, type SeenList } from '../../../src/access/lists/seen';
import { answerTo, mayAsk, maySee, type Standpoint } from '../../../src/access/standpoint';
import { everyQuestion } from '../../support/access/every-question';
import { factsAt } from '../../support/access/facts-of-history';
import { asked, isListed, Lists, wordsIn } from '../../support/access/lists-of-questions';
import { presentAsker } from '../../support/access/present-asker';
import { historyAtMoment } from '../../support/access/random-history';

test('an asker finds in lists what checks tell them, and of that only what they may see', () => {
  let [found, others, themselves] = [0, 0, 0];
  fc.assert(
    fc.property(historyAtMoment, fc.nat(), ({ history, moment }, n) => {
      const drawn = presentAsker(history, moment, n);
      if (drawn === undefined) return;
      const { present, id: asker } = drawn;
      const standpoint: Standpoint = {
        asker: { kind: 'user', id: asker, scopes: null },
        facts: factsAt(history, moment),
        present,
      };
      const count = ({ ids }: SeenList): readonly string[] => {
        found += ids.length;
        return ids;
      };
      const [subjects, resources] = [new Lists(), new Lists()];
      for (const question of everyQuestion(history)) {
        const { principal, action, resource } = question;
        if (!isListed(principal) || !hasResources(action)) continue;
        const allowed = answerTo(standpoint, question).allowed;
        const shown = allowed && maySee(standpoint, resource);
        const name = [action, wordsIn(question)];
        resources.note([principal, ...name], question, resource, shown);
        if (shown && principal.id !== asker) others += 1;
        if (subjectKindOf(present, action) !== principal.kind) continue;
        const told = allowed && maySee(standpoint, principal.id);
        if (told && !mayAsk(standpoint, resource)) themselves += 1;
        subjects.note([resource, ...name], question, principal.id, told);
      }
      const wrong = [
        ...subjects.wrong(({ ask }) => count(seenSubjects(standpoint, ask.resource, asked(ask)))),
        ...resources.wrong(({ ask }) =>
          isListed(ask.principal)
            ? count(seenResources(standpoint, ask.principal, asked(ask)))
            : [],
        ),
      ];
      expect(wrong).toEqual([]);
    }),
    { numRuns: 100 },
  );
  expect(Math.min(found, others, themselves)).toBeGreaterThan(500);
});
