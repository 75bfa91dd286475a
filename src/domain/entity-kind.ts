export const ENTITY_KINDS = [
  'organization',
  'member',
  'team',
  'teamMember',
  'cluster',
  'clusterMaintainer',
  'clusterGrant',
  'queue',
  'queueGrant',
  'pipeline',
  'pipelineGrant',
  'agentKey',
  'agent',
  'apiToken',
] as const;

/** The kinds of things that have a state of their own. */
export type EntityKind = (typeof ENTITY_KINDS)[number];
