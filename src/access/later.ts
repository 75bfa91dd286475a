import { decide } from './engine';
import type { Fact, Facts } from './facts';
import type { Question } from './question';

/** From when on a fact holds no longer. */
export type EndOf = (fact: Fact) => number;

/** When the fact ends by itself; Infinity if it never does. */
export const endOf: EndOf = ({ expiresAt }) => expiresAt ?? Number.POSITIVE_INFINITY;

/** Only those of the facts that the predicate holds of, at their own moment or at a later instant. */
export function narrowFacts(
  facts: Facts,
  holds: (fact: Fact) => boolean,
  instant = facts.moment.instant,
): Facts {
  return {
    organizationId: facts.organizationId,
    rulesVersion: facts.rulesVersion,
    moment: { position: facts.moment.position, instant },
    of: (subject, relation) => facts.of(subject, relation).filter(holds),
    on: (object, relation, level) => facts.on(object, relation, level).filter(holds),
    between: (subject, relation, object) => facts.between(subject, relation, object).filter(holds),
    held: (userId, relation, object) =>
      facts
        .held(userId, relation, object)
        .filter(
          ({ fact, membership }) => holds(fact) && (membership === null || holds(membership)),
        ),
    agent: (id) => facts.agent(id),
    agentsOn: (queueId) => facts.agentsOn(queueId),
  };
}

/** The facts as they will be at a later instant if nothing happens until then but expiry. */
export function laterFacts(facts: Facts, instant: number, ends: EndOf = endOf): Facts {
  return narrowFacts(facts, (fact) => ends(fact) > instant, instant);
}

/**
 * From when on the answer is no if nothing happens but expiry: the facts' own instant if it is no
 * already, Infinity if it stays yes. Asks once for each chain that outlasts the one found before.
 */
export function lastsUntil(facts: Facts, question: Question, ends: EndOf = endOf): number {
  let { instant } = facts.moment;
  while (instant < Number.POSITIVE_INFINITY) {
    const [reason] = decide(laterFacts(facts, instant, ends), question).reasons;
    if (reason === undefined) break;
    instant = Math.min(...reason.facts.map(ends));
  }
  return instant;
}
