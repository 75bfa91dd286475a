import { agentEvents } from './agent/events';
import { evolveAgent } from './agent/state';
import { agentKeyEvents } from './agent-key/events';
import { evolveAgentKey } from './agent-key/state';
import { apiTokenEvents } from './api-token/events';
import { evolveApiToken } from './api-token/state';
import { clusterEvents } from './cluster/events';
import { evolveCluster, evolveClusterGrant, evolveClusterMaintainer } from './cluster/state';
import type { Entities, EntityKind } from './entity';
import type { EventType, Occurrence } from './event';
import { memberEvents } from './member/events';
import { evolveMember } from './member/state';
import { organizationEvents } from './organization/events';
import { evolveOrganization } from './organization/state';
import { pipelineEvents } from './pipeline/events';
import { evolvePipeline, evolvePipelineGrant } from './pipeline/state';
import { queueEvents } from './queue/events';
import { evolveQueue, evolveQueueGrant } from './queue/state';
import { teamEvents } from './team/events';
import { evolveTeam, evolveTeamMember } from './team/state';

/** Every event type there is, by name. */
export const EVENT_TYPES: ReadonlyMap<string, EventType> = new Map<string, EventType>(
  [
    ...organizationEvents,
    ...memberEvents,
    ...teamEvents,
    ...clusterEvents,
    ...queueEvents,
    ...pipelineEvents,
    ...agentKeyEvents,
    ...agentEvents,
    ...apiTokenEvents,
  ].map((definition) => [definition.type, definition]),
);

/** A recorded event of any schema version, as the ledger gives it. */
export interface RecordedEvent extends Occurrence {
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly personal: Readonly<Record<string, unknown>> | null;
}

/** Thrown when a ledger holds an event this program does not know: nothing may be skipped. */
class UnknownEvent extends Error {
  override readonly name = 'UnknownEvent';
}

/** The event's type. Throws UnknownEvent for an unknown type or a schema version from the future. */
export function eventType(event: Pick<RecordedEvent, 'type' | 'schemaVersion'>): EventType {
  const found = EVENT_TYPES.get(event.type);
  if (found === undefined || event.schemaVersion > found.version) {
    throw new UnknownEvent(`unknown event ${event.type} version ${String(event.schemaVersion)}`);
  }
  return found;
}

/** The event's data in the shape of its type's current version. */
export function currentData(event: RecordedEvent, type: EventType): RecordedEvent['data'] {
  let data = event.data;
  for (let version = event.schemaVersion; version < type.version; version += 1) {
    const upcast = type.upcasts[version];
    if (upcast === undefined) {
      throw new UnknownEvent(`no upcaster for ${event.type} version ${String(version)}`);
    }
    data = upcast(data);
  }
  return data;
}

type Fold = (before: never, event: never, at: Occurrence) => Entities[EntityKind] | undefined;

const FOLDS: Readonly<Record<EntityKind, Fold>> = {
  organization: evolveOrganization,
  member: evolveMember,
  team: evolveTeam,
  teamMember: evolveTeamMember,
  cluster: evolveCluster,
  clusterMaintainer: evolveClusterMaintainer,
  clusterGrant: evolveClusterGrant,
  queue: evolveQueue,
  queueGrant: evolveQueueGrant,
  pipeline: evolvePipeline,
  pipelineGrant: evolvePipelineGrant,
  agentKey: evolveAgentKey,
  agent: evolveAgent,
  apiToken: evolveApiToken,
};

/** Folds a recorded event into the state of the entity that it names; undefined once ended. */
export function evolve(
  before: Entities[EntityKind] | undefined,
  event: RecordedEvent,
  type: EventType = eventType(event),
): Entities[EntityKind] | undefined {
  if (type.entity === null) return before;
  const current = { type: event.type, data: currentData(event, type), personal: event.personal };
  // The catalogue pairs each type with its entity's fold, so the shapes agree by construction.
  return FOLDS[type.entity](before as never, current as never, event);
}
