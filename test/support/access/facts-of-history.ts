import type { AgentFacts, Fact, Facts, Moment } from '../../../src/access/facts';
import type { Agent } from '../../../src/domain/agent/state';
import { eventType, evolve, type RecordedEvent } from '../../../src/domain/catalogue';
import type { Entities, EntityKind } from '../../../src/domain/entity';
import type { OrganizationId } from '../../../src/domain/id';
import { factsOf, type FactDraft } from '../../../src/views/projection/facts-of';
import { memoryFacts } from '../memory-facts';

/** Both ledgers of one organization, from their first events. */
export interface History {
  readonly organizationId: OrganizationId;
  readonly access: readonly RecordedEvent[];
  readonly activity: readonly RecordedEvent[];
}

/** The facts of a history at a moment, for the engine. */
export function factsAt(history: History, moment: Moment): Facts {
  const { organizationId } = history;
  return memoryFacts({ organizationId, moment, ...factsOfHistory(history, moment) });
}

/** The open facts up to a position and the agents, folded by the program's own functions. */
export function factsOfHistory(
  history: History,
  moment: Moment,
): { readonly facts: readonly Fact[]; readonly agents: readonly AgentFacts[] } {
  const open = new Map<string, readonly Fact[]>();
  const states = new Map<string, Entities[EntityKind]>();
  for (const event of history.access.filter(({ position }) => position <= moment.position)) {
    const type = eventType(event);
    const id = String(event.data[type.idField]);
    const state = evolve(states.get(id), event, type);
    if (state === undefined || type.entity === null) {
      states.delete(id);
      open.delete(id);
      continue;
    }
    states.set(id, state);
    const before = open.get(id) ?? [];
    const stated = factsOf(type.entity, state as never, history.organizationId);
    open.set(
      id,
      stated.map((draft) => before.find(says(draft)) ?? { ...draft, from: event.position }),
    );
  }
  return { facts: [...open.values()].flat(), agents: agentsOf(history) };
}

function says(draft: FactDraft): (fact: Fact) => boolean {
  return (fact) => JSON.stringify({ ...draft, from: fact.from }) === JSON.stringify(fact);
}

function agentsOf(history: History): AgentFacts[] {
  const agents = new Map<string, Agent>();
  for (const event of history.activity) {
    const id = String(event.data['agentId']);
    agents.set(id, evolve(agents.get(id), event) as Agent);
  }
  return [...agents.values()].map(({ id, keyId, queueId, registeredAt, ended }) => ({
    ...{ id, keyId, queueId, registeredAt },
    endedAt: ended?.at ?? null,
  }));
}
