import fc from 'fast-check';
import type { Question } from '../../../src/access/question';
import { covers } from '../../../src/access/scopes';
import { mayAsk, maySee, type Standpoint } from '../../../src/access/standpoint';
import { everyQuestion } from '../../support/access/every-question';
import { factsAt } from '../../support/access/facts-of-history';
import { Listener } from '../../support/access/listener';
import { isListed } from '../../support/access/lists-of-questions';
import { presentAsker } from '../../support/access/present-asker';
import { historyAtMoment } from '../../support/access/random-history';

/*
 * What is hidden, and what was and is no more, is answered as what never was, by the same look-ups in
 * the same order: neither the answer nor how long it takes, nor what it counts for who asks, tells
 * them apart.
 */

const SCOPES = [null, null, null, ['team:read'], ['access:ask'], ['read']] as const;
/** So many questions of each history are compared, drawn from all. */
const COMPARED = 300;

/**
 * Whether the asker may know of an id. Their own and their organization's they know, whatever their
 * token is for. Who may ask about themselves is told what they hold, also if they may not see it with
 * this token; about the past, what they saw then.
 */
function knows({ asker, facts, present }: Standpoint, id: string): boolean {
  if (id === asker.id || id === present.organizationId) return true;
  const asksOfSelf = asker.scopes === null || covers(asker.scopes, 'access:ask');
  const who = asksOfSelf ? { ...asker, scopes: null } : asker;
  return [present, facts].some((at) => {
    const standpoint = { asker: who, facts: at, present: at };
    return maySee(standpoint, id) || mayAsk(standpoint, id);
  });
}

/** The question with every id that the asker may not know of replaced by one that nothing ever had. */
function disguised(standpoint: Standpoint, question: Question): Question {
  const known = <T extends string>(id: T): T =>
    knows(standpoint, id) ? id : (id.replace(/_.*$/u, `_${'0'.repeat(25)}z`) as T);
  const { principal, resource, targetClusterId } = question;
  return {
    ...question,
    principal: isListed(principal)
      ? ({ ...principal, id: known<string>(principal.id) } as typeof principal)
      : principal,
    resource: known(resource),
    ...(targetClusterId && { targetClusterId: known(targetClusterId) }),
  };
}

/** The ways to ask in which the two differ, with all that was told. */
function differences(listener: Listener, one: Question, other: Question): readonly unknown[] {
  const others = listener.allWays(other);
  return [...listener.allWays(one)]
    .map(([way, told]) => ({ way, question: one, told, other: others.get(way) }))
    .filter(({ told, other: toldOther }) => JSON.stringify(told) !== JSON.stringify(toldOther));
}

test('what is hidden, or no more, is looked up as what never was', () => {
  let [managed, teams, past] = [0, 0, 0];
  fc.assert(
    fc.property(historyAtMoment, fc.nat(), ({ history, moment }, n) => {
      const drawn = presentAsker(history, moment, n);
      if (drawn === undefined) return;
      const { present, id } = drawn;
      const standpoint: Standpoint = {
        asker: { kind: 'user', id, scopes: SCOPES[n % SCOPES.length] ?? null },
        facts: n % 2 === 0 ? present : factsAt(history, moment),
        present,
      };
      const listener = new Listener(standpoint);
      const pairs = everyQuestion(history)
        // Most of what others may do is not looked at for who may not ask.
        .filter(({ principal }, at) => isListed(principal) && (principal.id === id || at % 6 === 0))
        .map((question) => ({ question, other: disguised(standpoint, question) }))
        .filter(({ question, other }) => JSON.stringify(question) !== JSON.stringify(other));
      const stride = Math.max(1, Math.floor(pairs.length / COMPARED));
      for (const { question, other } of pairs.filter((_, at) => at % stride === n % stride)) {
        expect(differences(listener, question, other)).toEqual([]);
        const { principal, resource } = question;
        if (mayAsk(standpoint, resource)) managed += 1;
        if (isListed(principal) && principal.id === id && resource.startsWith('tea_')) teams += 1;
        if (standpoint.facts !== present) past += 1;
      }
    }),
    { numRuns: 60, endOnFailure: true },
  );
  expect(Math.min(managed, teams, past)).toBeGreaterThan(20);
});
