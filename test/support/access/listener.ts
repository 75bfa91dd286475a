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
  #lookUps: string[] = [];

  constructor({ asker, facts, present }: Standpoint) {
    const traced = (of: Facts, when: string) =>
      tracedFacts(of, (lookUp) => this.#lookUps.push(`${when}${lookUp}`));
    this.#standpoint = { asker, facts: traced(facts, 'then: '), present: traced(present, '') };
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

  #told(answer: (standpoint: Standpoint) => unknown): Told {
    this.#lookUps = [];
    return { answer: answer(this.#standpoint), lookUps: this.#lookUps };
  }
}
