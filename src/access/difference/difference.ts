import type { Action } from '../actions';
import { Alike } from '../alike/alike';
import type { Partition } from '../alike/partition';
import { prefixOf } from '../existence';
import type { Facts } from '../facts';
import { affectedBy, type ChangedFact, type Rectangle } from './affected';
import type { ActionDifference, Block, Difference, ThingDifference } from './blocks';
import { comparedActions, extentOf, type Extent } from './compared';
import { crowdsOf } from './crowds';
import { Places } from './places';

/**
 * Who may do what on what after but not before, and before but not after. `changed` holds every fact
 * that is true on one side only; what follows from them is found from them, so that it costs no more
 * than they reach. Of those who stand alike to a thing one is asked about. Agents are those that had
 * not ended before: their coming and going changes nobody's access.
 */
export function difference(
  before: Facts,
  after: Facts,
  changed: readonly ChangedFact[],
): Difference {
  const sides = [before, withAgentsOf(after, before)] as const;
  const alike = new Alike(sides);
  const blocks = new Blocks();
  for (const rectangles of byKind(changed, new Places(before, after))) {
    for (const [resource, crowd] of crowdsOf(rectangles, sides)) {
      const asked = comparedActions(crowd.ids[0] ?? '', resource);
      if (asked.length === 0) continue;
      const partition = alike.partition(crowd, resource, asked);
      for (const { index, count, first } of partition.classes()) {
        const actions = compared(sides, crowd.ids[first] ?? '', resource, asked);
        if (actions.length === 0) continue;
        blocks.add({ crowd: crowd.ids, partition, index, count }, { resource, actions });
      }
    }
  }
  return blocks.all();
}

/** The facts of the one, with the agents that the other knows. */
export function withAgentsOf(facts: Facts, other: Facts): Facts {
  return {
    organizationId: facts.organizationId,
    moment: facts.moment,
    rulesVersion: facts.rulesVersion,
    of: (subject, relation) => facts.of(subject, relation),
    on: (object, relation, level) => facts.on(object, relation, level),
    between: (subject, relation, object) => facts.between(subject, relation, object),
    held: (userId, relation, object) => facts.held(userId, relation, object),
    agent: (id) => other.agent(id),
    agentsOn: (queueId) => other.agentsOn(queueId),
  };
}

interface GrowingBlock extends Block {
  readonly things: ThingDifference[];
}

/** Blocks as things are added to them. */
class Blocks {
  readonly #blocks = new Map<Partition, Map<number, GrowingBlock>>();

  add(block: Omit<Block, 'things'>, thing: ThingDifference): void {
    const classes = this.#blocks.get(block.partition) ?? new Map<number, GrowingBlock>();
    this.#blocks.set(block.partition, classes);
    const known = classes.get(block.index);
    if (known === undefined) classes.set(block.index, { ...block, things: [thing] });
    else known.things.push(thing);
  }

  all(): Difference {
    return [...this.#blocks.values()].flatMap((classes) => [...classes.values()]);
  }
}

/** What the facts may change for members, and for pipelines. */
function byKind(
  changed: readonly ChangedFact[],
  places: Places,
): readonly (readonly Rectangle[])[] {
  const all = changed
    .flatMap((fact) => affectedBy(fact, places))
    .filter(({ subjects }) => subjects.length > 0);
  const ofPipelines = ({ subjects }: Rectangle): boolean => prefixOf(subjects[0] ?? '') === 'pip';
  return [all.filter((one) => !ofPipelines(one)), all.filter(ofPipelines)];
}

function compared(
  [before, after]: readonly [Facts, Facts],
  subject: string,
  resource: string,
  actions: readonly Action[],
): readonly ActionDifference[] {
  return actions.flatMap((action) =>
    compare(
      action,
      extentOf(before, subject, action, resource),
      extentOf(after, subject, action, resource),
    ),
  );
}

function compare(action: Action, before: Extent, after: Extent): readonly ActionDifference[] {
  const gained = beyond(after, before);
  const lost = beyond(before, after);
  return [
    ...(gained === null ? [] : [{ action, change: 'GAINED', branches: gained } as const]),
    ...(lost === null ? [] : [{ action, change: 'LOST', branches: lost } as const]),
  ];
}

/** What the one extent has and the other has not: null for nothing, no patterns for every branch. */
function beyond(extent: Extent, other: Extent): readonly string[] | null {
  if (extent === 'NONE' || other === 'EVERY') return null;
  if (extent === 'EVERY') return [];
  const more = extent.filter((pattern) => other === 'NONE' || !other.includes(pattern));
  return more.length === 0 ? null : more;
}
