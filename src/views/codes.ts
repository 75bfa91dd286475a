import type { Relation } from '../access/facts';
import type { EntityKind } from '../domain/entity';
import type { LedgerKind } from '../ledger/types';

/*
 * How a views file writes what the program knows by name. A change of a code, or of what any event
 * is projected to, needs a new PROJECTION_VERSION: files of another version are made again.
 */
export const PROJECTION_VERSION = 2;

/** The to_position of a row that still holds. */
export const OPEN = Number.MAX_SAFE_INTEGER;

export const LEDGER_CODES: Readonly<Record<LedgerKind, number>> = { ACCESS: 0, ACTIVITY: 1 };

export const KIND_CODES: Readonly<Record<EntityKind, number>> = {
  organization: 1,
  member: 2,
  team: 3,
  teamMember: 4,
  cluster: 5,
  clusterMaintainer: 6,
  clusterGrant: 7,
  queue: 8,
  queueGrant: 9,
  pipeline: 10,
  pipelineGrant: 11,
  agentKey: 12,
  agent: 13,
  apiToken: 14,
};

export const RELATION_CODES: Readonly<Record<Relation, number>> = {
  member: 1,
  team: 2,
  cluster: 3,
  pipeline: 4,
  teamMember: 5,
  clusterMaintainer: 6,
  clusterGrant: 7,
  pipelineCluster: 8,
  pipelineArchived: 9,
  pipelineGrant: 10,
  queueCluster: 11,
  queueGrant: 12,
  keyCluster: 13,
  keyQueue: 14,
  apiToken: 15,
  pipelineCreation: 16,
};

/** The relations by their codes. */
export const RELATIONS_BY_CODE = new Map(
  Object.entries(RELATION_CODES).map(([name, code]) => [code, name as Relation]),
);
