import fc from 'fast-check';
import { ACTION_NAMES } from '../../../src/access/actions';
import { hasResources } from '../../../src/access/lists/ask';
import { actionsOf, resourcesOf, subjectsOf } from '../../../src/access/lists/lists';
import { RULES_VERSION_1 } from '../../../src/access/rules/version-1';
import { everyQuestion } from '../../support/access/every-question';
import { factsAt } from '../../support/access/facts-of-history';
import { asked, isListed, Lists, wordsIn } from '../../support/access/lists-of-questions';
import { occurrencesIn, OCCURRENCES } from '../../support/access/occurrences';
import { historyAtMoment } from '../../support/access/random-history';
import { ReferenceAccess } from '../../support/reference-access';
import { ReferenceOrganization } from '../../support/reference-organization';

/** What every kind of subject is allowed on some resource of some random organization. */
const ALLOWED_SOMETIMES = ACTION_NAMES.flatMap((action) =>
  Object.keys(RULES_VERSION_1[action])
    .filter((kind) => kind !== 'text')
    .map((kind) => `${kind} ${action}`),
);

/** Of each organization only some lists are looked at whole, and so of many more organizations. */
const someActions = fc.subarray([...ACTION_NAMES], { minLength: 6, maxLength: 6 });

test('lists hold exactly what the reference allows, from each of their three sides', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(historyAtMoment, someActions, ({ history, moment }, chosen) => {
      for (const occurrence of occurrencesIn(history, moment)) seen.add(occurrence);
      const facts = factsAt(history, moment);
      const { access, activity } = history;
      const reference = new ReferenceAccess(new ReferenceOrganization(access, activity, moment));
      const [subjects, resources, actions] = [new Lists(), new Lists(), new Lists()];
      for (const question of everyQuestion(history, chosen)) {
        const { principal, action, resource } = question;
        const allowed = reference.answer(question) === 'ALLOWED';
        const words = wordsIn(question);
        if (isListed(principal)) {
          subjects.note([principal.kind, resource, action, words], question, principal.id, allowed);
          actions.note([principal, resource, words], question, action, allowed);
        }
        if (hasResources(action)) {
          resources.note([principal, action, words], question, resource, allowed);
        }
        if (allowed) seen.add(`${principal.kind} ${action}`);
      }
      const wrong = [
        // Only members themselves were asked whether they may ask about themselves.
        ...subjects.wrong(({ ask, about }) => {
          if (!isListed(ask.principal)) return [];
          const found = subjectsOf(facts, ask.principal.kind, ask.resource, asked(ask));
          return ask.about === undefined ? found : found.filter((id) => about.has(id));
        }),
        ...resources.wrong(({ ask }) => resourcesOf(facts, ask.principal, asked(ask))),
        // Only some actions were asked about, and fewer with, say, a branch.
        ...actions.wrong(({ ask, about }) =>
          actionsOf(facts, ask.principal, ask.resource, asked(ask)).filter((name) =>
            about.has(name),
          ),
        ),
      ];
      expect(wrong).toEqual([]);
    }),
    { numRuns: 1500 },
  );
  const wanted = [...OCCURRENCES, ...ALLOWED_SOMETIMES];
  expect(wanted.filter((one) => !seen.has(one))).toEqual([]);
});
