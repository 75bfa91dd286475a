import type { World } from '../../src/views/world';
import { tracedFacts } from './access/traced-facts';

/** The same world; every look-up is noted: what is looked for, but not by which id. */
export function tracedWorld(world: World, note: (lookUp: string) => void): World {
  return {
    organizationId: world.organizationId,
    now: world.now,
    facts: tracedFacts(world.facts, note),
    get: (kind, id) => {
      note(`get ${kind}`);
      return world.get(kind, id);
    },
    existed: (kind, id) => {
      note(`existed ${kind}`);
      return world.existed(kind, id);
    },
    nameOwner: (scope, name) => {
      note('nameOwner');
      return world.nameOwner(scope, name);
    },
    open: (subject, relation, object) => {
      note(`open ${relation}`);
      return world.open(subject, relation, object);
    },
    naming: (id) => {
      note('naming');
      return world.naming(id);
    },
    liveAgents: (of) => {
      note('liveAgents');
      return world.liveAgents(of);
    },
  };
}
