import fc from 'fast-check';
import { ACTION_NAMES } from '../../../src/access/actions';
import { hasResources, type ListAsk } from '../../../src/access/lists/ask';
import { actionsOf, resourcesOf, subjectsOf } from '../../../src/access/lists/lists';
import type { Principal, Question } from '../../../src/access/question';
import { RULES_VERSION_1 } from '../../../src/access/rules/version-1';
import { everyQuestion } from '../../support/access/every-question';
import { factsAt } from '../../support/access/facts-of-history';
import { occurrencesIn, OCCURRENCES } from '../../support/access/occurrences';
import { historyAtMoment } from '../../support/access/random-history';
import { ReferenceAccess } from '../../support/reference-access';
import { ReferenceOrganization } from '../../support/reference-organization';

interface List {
  readonly ask: Question;
  /** The items that the list was asked about, and those that are in it. */
  readonly about: Set<string>;
  readonly expected: string[];
}

/** Lists as they follow from single questions: each is told of every item that may be in it. */
class Lists {
  readonly #lists = new Map<string, List>();

  note(name: readonly unknown[], ask: Question, item: string, allowed: boolean): void {
    const key = JSON.stringify(name);
    const list = this.#lists.get(key) ?? { ask, about: new Set(), expected: [] };
    this.#lists.set(key, list);
    list.about.add(item);
    if (allowed) list.expected.push(item);
  }

  /** The lists that are answered otherwise. */
  wrong(answer: (list: List) => readonly string[]): readonly unknown[] {
    return [...this.#lists.values()].flatMap((list) => {
      const found = answer(list);
      return found.join() === list.expected.join() ? [] : [{ ...list, found }];
    });
  }
}

/** What is asked, without the two ends of the question. */
function asked(question: Question): ListAsk {
  const { action, branch, targetClusterId, about } = question;
  return {
    action,
    ...(branch !== undefined && { branch }),
    ...(targetClusterId !== undefined && { targetClusterId }),
    ...(about !== undefined && { about }),
  };
}

function isListed(principal: Principal): principal is Principal & { kind: 'user' | 'pipeline' } {
  return principal.kind === 'user' || principal.kind === 'pipeline';
}

/** What every kind of subject is allowed on some resource of some random organization. */
const ALLOWED_SOMETIMES = ACTION_NAMES.flatMap((action) =>
  Object.keys(RULES_VERSION_1[action])
    .filter((kind) => kind !== 'text')
    .map((kind) => `${kind} ${action}`),
);

test('lists hold exactly what the reference allows, from each of their three sides', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(historyAtMoment, ({ history, moment }) => {
      for (const occurrence of occurrencesIn(history, moment)) seen.add(occurrence);
      const facts = factsAt(history, moment);
      const { access, activity } = history;
      const reference = new ReferenceAccess(new ReferenceOrganization(access, activity, moment));
      const [subjects, resources, actions] = [new Lists(), new Lists(), new Lists()];
      for (const question of everyQuestion(history)) {
        const { principal, action, resource } = question;
        const allowed = reference.answer(question) === 'ALLOWED';
        const words = [
          question.branch,
          question.targetClusterId ?? String(question.targetClusterId),
          question.about,
        ];
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
        // Only some actions were asked about with, say, a branch.
        ...actions.wrong(({ ask, about }) =>
          actionsOf(facts, ask.principal, ask.resource, asked(ask)).filter((name) =>
            about.has(name),
          ),
        ),
      ];
      expect(wrong).toEqual([]);
    }),
    { numRuns: 400 },
  );
  const wanted = [...OCCURRENCES, ...ALLOWED_SOMETIMES];
  expect(wanted.filter((one) => !seen.has(one))).toEqual([]);
});
