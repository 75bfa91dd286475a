import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentData, eventType, evolve, type RecordedEvent } from '../../src/domain/catalogue';
import type { Entities, EntityKind } from '../../src/domain/entity';
import { canonicalJson } from '../../src/ledger/canonical';

/** An event of one schema version as it was once recorded, and what it must mean for ever. */
export interface GoldenEvent {
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly personal: Readonly<Record<string, unknown>> | null;
  /** SHA-256 of the canonical data, hex: what a ledger's hashes rest on. */
  readonly dataSha256: string;
  /** The data in the shape of the type's current version. */
  readonly currentData: Readonly<Record<string, unknown>>;
  /** The entity after the event, folded onto what creates such an entity; null once it ended. */
  readonly state: unknown;
}

const FOLDER = join(__dirname, '../architecture/golden');

/** What creates an entity of each kind. */
const CREATES: Readonly<Record<EntityKind, string>> = {
  organization: 'OrganizationCreated',
  member: 'MemberAdded',
  team: 'TeamCreated',
  teamMember: 'TeamMemberAdded',
  cluster: 'ClusterCreated',
  clusterMaintainer: 'ClusterMaintainerAdded',
  clusterGrant: 'ClusterGranted',
  queue: 'QueueCreated',
  queueGrant: 'QueuePipelineGranted',
  pipeline: 'PipelineCreated',
  pipelineGrant: 'PipelineGranted',
  agentKey: 'AgentKeyRegistered',
  agent: 'AgentRegistered',
  apiToken: 'ApiTokenCreated',
};

/** The name of the golden file of one version of a type. */
export function goldenName(type: string, version: number): string {
  return `${type}.v${String(version)}.json`;
}

/** Every golden file's name, sorted. */
export function goldenNames(): readonly string[] {
  return readdirSync(FOLDER).sort();
}

export function readGolden(name: string): GoldenEvent {
  return JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as GoldenEvent;
}

export function sha256OfCanonical(data: GoldenEvent['data']): string {
  return createHash('sha256').update(canonicalJson(data)).digest('hex');
}

type Stated = Pick<GoldenEvent, 'type' | 'schemaVersion' | 'data' | 'personal'>;

/** The event's data as the current version has it. */
export function upcast(golden: Stated): RecordedEvent['data'] {
  return currentData(recorded(golden, 2), eventType(golden));
}

/** The entity after the event; null when it ended or the event is of none. */
export function stateAfter(golden: Stated): Entities[EntityKind] | null {
  const type = eventType(golden);
  if (type.entity === null) return null;
  const creates = CREATES[type.entity];
  const before =
    golden.type === creates
      ? undefined
      : evolve(undefined, recorded(readGolden(goldenName(creates, versionOf(creates))), 1));
  return evolve(before, recorded(golden, 2), type) ?? null;
}

function versionOf(type: string): number {
  return eventType({ type, schemaVersion: 1 }).version;
}

function recorded(
  { type, schemaVersion, data, personal }: Stated,
  position: number,
): RecordedEvent {
  return {
    ...{ type, schemaVersion, data, personal, position },
    recordedAt: Date.UTC(2026, 0, position),
    actor: { kind: 'MEMBER', id: 'usr_00000000000000000000000004' },
  };
}
