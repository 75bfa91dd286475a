import type { Facts } from '../../../src/access/facts';
import { hasResources } from '../../../src/access/lists/ask';
import { askedActions, askedResources, askedSubjects } from '../../../src/access/lists/asked';
import type { Question } from '../../../src/access/question';
import { answerTo, type Standpoint } from '../../../src/access/standpoint';
import { visible } from '../../../src/access/visibility';
import { asked, isListed } from './lists-of-questions';
import { tracedFacts } from './traced-facts';

/** An answer, and the look-ups that it took, in their order. */
interface Told {
  readonly answer: unknown;
  readonly lookUps: readonly string[];
}

/** Somebody who asks and counts what is looked up. */
export class Listener {
  readonly #standpoint: Standpoint;

  constructor(standpoint: Standpoint) {
    this.#standpoint = standpoint;
  }

  /** The question asked in every way there is, by the name of the way. */
  allWays(question: Question): ReadonlyMap<string, Told> {
    const { principal, resource } = question;
    const ask = asked(question);
    const ways = new Map<string, Told>([
      ['answerTo', this.#told((standpoint) => answerTo(standpoint, question))],
      ['visible', this.#told(({ asker, present }) => visible(present, asker, resource))],
      ['subjects', this.#told((standpoint) => askedSubjects(standpoint, resource, ask))],
    ]);
    if (!isListed(principal)) return ways;
    ways.set(
      'actions',
      this.#told((standpoint) => askedActions(standpoint, principal, resource, ask)),
    );
    if (hasResources(question.action)) {
      ways.set(
        'resources',
        this.#told((standpoint) => askedResources(standpoint, principal, ask)),
      );
    }
    return ways;
  }

  /** Each question is asked as the first of a request, which remembers nothing. */
  #told(answer: (standpoint: Standpoint) => unknown): Told {
    const { asker, facts, present } = this.#standpoint;
    const lookUps: string[] = [];
    const traced = (of: Facts, when: string) =>
      tracedFacts(of, (lookUp) => lookUps.push(`${when}${lookUp}`));
    const standpoint = { asker, facts: traced(facts, 'then: '), present: traced(present, '') };
    return { answer: answer(standpoint), lookUps };
  }
}
