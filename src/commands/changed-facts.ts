import type { Fact, Facts } from '../access/facts';
import { eventType } from '../domain/catalogue';
import type { Entities, EntityKind } from '../domain/entity';
import type { DomainEvent, EventActor } from '../domain/event';
import type { FactDraft } from '../views/projection/facts-of';
import { project } from '../views/projection/project';
import type { World } from '../views/world';

/** What planned events would do to the facts. */
export interface FactChanges {
  readonly opens: readonly Fact[];
  readonly closes: readonly FactDraft[];
}

/** The facts that the events would open and close in this world, were they recorded now. */
export function changesOf(
  world: World,
  events: readonly DomainEvent[],
  actor: EventActor,
): FactChanges {
  const states = new Map<string, Entities[EntityKind] | undefined>();
  let opens: readonly Fact[] = [];
  const closes: FactDraft[] = [];
  events.forEach((event, index) => {
    const type = eventType(event);
    if (type.entity === null) return;
    const position = world.facts.moment.position + index + 1;
    const personal = event.personal ?? null;
    const recorded = { ...event, personal, position, recordedAt: world.now, actor };
    const id = String(event.data[type.idField]);
    const before = states.has(id) ? states.get(id) : world.get(type.entity, id);
    const change = project(recorded, type, world.organizationId, before);
    if (change === null) return;
    states.set(id, change.after?.state);
    opens = opens.filter((fact) => !change.closes.some((closed) => isSame(fact, closed)));
    opens = [...opens, ...change.opens.map((fact) => ({ ...fact, from: position }))];
    closes.push(...change.closes);
  });
  return { opens, closes };
}

/**
 * The facts with the changes made. They come in no order, which matters to lists and not to
 * decisions.
 */
export function changedFacts(facts: Facts, { opens, closes }: FactChanges): Facts {
  const stays = (fact: Fact): boolean => !closes.some((closed) => isSame(fact, closed));
  const after = (held: readonly Fact[], isMeant: (fact: Fact) => boolean): readonly Fact[] => [
    ...held.filter(stays),
    ...opens.filter(isMeant),
  ];
  const of: Facts['of'] = (subject, relation) =>
    after(
      facts.of(subject, relation),
      (fact) => fact.relation === relation && fact.subject === subject,
    );
  const between: Facts['between'] = (subject, relation, object) =>
    after(
      facts.between(subject, relation, object),
      (fact) => fact.relation === relation && fact.subject === subject && fact.object === object,
    );
  return {
    organizationId: facts.organizationId,
    rulesVersion: facts.rulesVersion,
    moment: facts.moment,
    agent: (id) => facts.agent(id),
    agentsOn: (queueId) => facts.agentsOn(queueId),
    of,
    between,
    on: (object, relation, level) =>
      after(
        facts.on(object, relation, level),
        (fact) =>
          fact.relation === relation &&
          fact.object === object &&
          (level === undefined || fact.level === level),
      ),
    held: (userId, relation, object) => [
      ...between(userId, relation, object).map((fact) => ({ fact, membership: null })),
      ...of(userId, 'teamMember').flatMap((membership) =>
        between(membership.object, relation, object).map((fact) => ({ fact, membership })),
      ),
    ],
  };
}

function isSame(fact: FactDraft, closed: FactDraft): boolean {
  return (
    fact.source === closed.source &&
    fact.relation === closed.relation &&
    fact.subject === closed.subject &&
    fact.object === closed.object &&
    fact.level === closed.level &&
    fact.expiresAt === closed.expiresAt
  );
}
