import type { Facts } from '../../../src/access/facts';

/**
 * The same facts; every look-up is noted: what is looked for, and how much it counts for who asks
 * (as in FactMeter), but not on what.
 */
export function tracedFacts(facts: Facts, note: (lookUp: string) => void): Facts {
  const noted = <T>(what: string, found: readonly T[]): readonly T[] => {
    note(`${what}: ${Math.max(1, found.length)}`);
    return found;
  };
  return {
    organizationId: facts.organizationId,
    moment: facts.moment,
    rulesVersion: facts.rulesVersion,
    of: (subject, relation) => noted(`${relation} of`, facts.of(subject, relation)),
    on: (object, relation, level) => noted(`${relation} on`, facts.on(object, relation, level)),
    between: (subject, relation, object) =>
      noted(`${relation} between`, facts.between(subject, relation, object)),
    held: (user, relation, object) => noted(`${relation} held`, facts.held(user, relation, object)),
    agent: (id) => {
      note('agent');
      return facts.agent(id);
    },
    agentsOn: (queueId) => noted('agents on', facts.agentsOn(queueId)),
  };
}
