import type { Fact, Facts, Relation } from './facts';

type Objects = Map<string, readonly Fact[]>;

/**
 * The same facts, each read once: for as long as one call lasts, whose many questions begin at the
 * same subjects. Only what the rules ask for again and again is kept.
 */
export function rememberedFacts(facts: Facts): Facts {
  const ofSubject = new Map<string, Map<Relation, readonly Fact[]>>();
  const between = new Map<string, Map<Relation, Objects>>();
  return {
    organizationId: facts.organizationId,
    moment: facts.moment,
    get rulesVersion() {
      return facts.rulesVersion;
    },
    of: (subject, relation) => {
      const relations = entry(ofSubject, subject, () => new Map<Relation, readonly Fact[]>());
      return entry(relations, relation, () => facts.of(subject, relation));
    },
    on: (object, relation, level) => facts.on(object, relation, level),
    between: (subject, relation, object) => {
      const relations = entry(between, subject, () => new Map<Relation, Objects>());
      const objects = entry(relations, relation, (): Objects => new Map());
      return entry(objects, object, () => facts.between(subject, relation, object));
    },
    held: (userId, relation, object) => facts.held(userId, relation, object),
    agent: (id) => facts.agent(id),
    agentsOn: (queueId) => facts.agentsOn(queueId),
  };
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
