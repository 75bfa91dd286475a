/** Every action there is, and the kind of resource it is asked about. */
export const ACTIONS = {
  'organization:create': 'installation',
  'organization:read': 'organization',
  'organization:manage': 'organization',
  'member:manage': 'organization',
  'pipeline-creation:manage': 'organization',
  'audit:read': 'organization',
  'team:create': 'organization',
  'team:delete': 'team',
  'team:read': 'team',
  'team:manage': 'team',
  'cluster:create': 'organization',
  'cluster:delete': 'cluster',
  'cluster:maintainers': 'cluster',
  'cluster:use': 'cluster',
  'cluster:read': 'cluster',
  'cluster:manage': 'cluster',
  'cluster:reach': 'cluster',
  'pipeline:create': 'cluster',
  'pipeline:read': 'pipeline',
  'pipeline:build': 'pipeline',
  'pipeline:manage': 'pipeline',
  'pipeline:move': 'pipeline',
  'queue:run': 'queue',
  'queue:reach': 'queue',
  'agent:run': 'agent',
  'agent:register': 'queue',
  'agent:session': 'agent',
  'access:ask': 'any',
  'api-token:create': 'user',
  'api-token:revoke': 'user',
  'api-token:read': 'user',
} as const;

export type Action = keyof typeof ACTIONS;
export type ResourceKind = (typeof ACTIONS)[Action];

/** Every action's name. */
export const ACTION_NAMES = Object.keys(ACTIONS) as readonly Action[];

/** True if the text names an action. */
export function isAction(text: string): text is Action {
  return Object.hasOwn(ACTIONS, text);
}
