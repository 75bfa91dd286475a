import { decide } from '../../../src/access/engine';
import { missing } from '../../../src/access/missing';
import type { Change } from '../../../src/access/missing/change';
import { mutationsFor } from '../../../src/access/missing/mutation';
import type { Question } from '../../../src/access/question';
import type { Facts } from '../../../src/access/facts';
import { questionsAbout } from '../access/questions-about';
import type { MemberCaller } from '../engine';
import type { Draw } from '../random-commands/draw';
import { ReferenceMissing } from '../reference/missing';
import type { ReferenceOrganization } from '../reference/organization';
import type { Installation } from './installation';
import type { Tally } from './tally';

/** An organization in which something is denied, as the engine and as the reference know it. */
export interface Denied {
  readonly facts: Facts;
  readonly organization: ReferenceOrganization;
  /** An ADMIN, who can make every change. */
  readonly admin: MemberCaller;
  readonly draw: Draw;
}

/** Holds what is missing for denials of the present to the reference, and to what then happens. */
export class Denials {
  readonly #installation: Installation;
  readonly #tally: Tally;

  constructor(installation: Installation, tally: Tally) {
    this.#installation = installation;
    this.#tally = tally;
  }

  /** Of every denial expects the family of smallest sets, and that each of the sets helps. */
  compareAll(denied: Denied): void {
    for (const question of questionsAbout(denied.facts)) {
      const sets = this.#compare(denied, question);
      for (const set of sets ?? []) this.#carryOut(denied, question, set);
    }
  }

  /** The same of so many denials, drawn at random, and of one of the sets of each. */
  compareSome(denied: Denied, count: number): void {
    const { facts, draw } = denied;
    const questions = questionsAbout(facts);
    for (let done = 0, tried = 0; done < count && tried < 10 * count; tried += 1) {
      const question = draw.of(questions);
      const sets = this.#compare(denied, question);
      if (sets === null) continue;
      done += 1;
      if (sets.length > 0) this.#carryOut(denied, question, draw.of(sets));
    }
  }

  /** The smallest sets, after they were found equal to the reference's; null if it is allowed. */
  #compare(
    { facts, organization }: Denied,
    question: Question,
  ): readonly (readonly Change[])[] | null {
    const found = missing(facts, question, Number.MAX_SAFE_INTEGER);
    if (found === null) return null;
    const sets = found.fixable ? found.groups.flatMap((group) => group.sets) : [];
    const expected = canonical(new ReferenceMissing(organization, question).sets());
    if (canonical(sets).join('\n') !== expected.join('\n')) {
      expect({ question, sets: canonical(sets) }).toEqual({ question, sets: expected });
    }
    this.#tally.add('a denial with all its missing sets');
    this.#tally.add(found.fixable ? `${question.action} could be allowed` : 'nothing is missing');
    return sets;
  }

  /** Expects that it is allowed after all of the changes, and after fewer of them it is not. */
  #carryOut({ admin }: Denied, question: Question, set: readonly Change[]): void {
    for (let chosen = 1; chosen < 2 ** set.length; chosen += 1) {
      const some = set.filter((_change, at) => (chosen & (2 ** at)) > 0);
      const commands = some
        .flatMap(mutationsFor)
        .map(({ mutation, input }) => ({ mutation, input, caller: admin }));
      const answer = this.#installation.attempt(
        admin.organizationId,
        commands,
        ({ facts }, outcomes) => ({
          allowed: decide(facts, question).allowed,
          refused: outcomes.filter(({ kind }) => kind !== 'DONE').length,
        }),
      );
      const all = some.length === set.length;
      if (answer.allowed !== all || (all && answer.refused > 0)) {
        expect({ question, some, ...answer }).toEqual({ question, set, allowed: all });
      }
    }
    this.#tally.add('a set carried out');
    this.#tally.add(`a set of ${String(set.length)}`);
    for (const { kind } of set) this.#tally.add(kind);
  }
}

function canonical(sets: readonly (readonly Change[])[]): readonly string[] {
  const text = (change: Change): string =>
    JSON.stringify(Object.entries(change).sort(([a], [b]) => (a < b ? -1 : 1)));
  return sets.map((set) => set.map(text).sort().join(' ')).sort();
}
