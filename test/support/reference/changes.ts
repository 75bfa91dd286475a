import type { Change } from '../../../src/access/missing/change';
import type { Thing } from './thing';

type Things = Map<string, readonly Thing[]>;

/** The order in which the mutations of a set are tried. */
const ORDER = [
  'CHANGE_ROLE UNARCHIVE_PIPELINE MOVE_PIPELINE OPEN_QUEUE LET_MEMBERS_CREATE',
  'JOIN_TEAM GRANT_CLUSTER GRANT_PIPELINE GRANT_QUEUE',
]
  .join(' ')
  .split(' ');

/** Makes the changes as far as a mutation for each would be accepted. */
export function changeThings(things: Things, changes: readonly Change[]): void {
  const rank = ({ kind }: Change): number => ORDER.indexOf(kind);
  for (const change of [...changes].sort((a, b) => rank(a) - rank(b))) make(things, change);
}

function make(things: Things, change: Change): void {
  const update = (kind: string, id: string, more: object): void => {
    const all = things.get(kind) ?? [];
    things.set(
      kind,
      all.map((thing) => (thing.id === id ? { ...thing, ...more } : thing)),
    );
  };
  const add = (kind: string, thing: object): void => {
    things.set(kind, [...(things.get(kind) ?? []), { id: `made_${kind}`, ...thing }]);
  };
  const end = (kind: string, ends: (thing: Thing) => boolean): void => {
    things.set(
      kind,
      (things.get(kind) ?? []).filter((thing) => !ends(thing)),
    );
  };
  const the = (kind: string, id: string) => things.get(kind)?.find((thing) => thing.id === id);
  const canHold = (id: string): boolean => the('member', id)?.['role'] !== 'AUDITOR';
  const isArchived = (id: string): boolean => the('pipeline', id)?.['archived'] === true;

  switch (change.kind) {
    case 'CHANGE_ROLE':
      update('member', change.userId, { role: change.role });
      return;
    case 'UNARCHIVE_PIPELINE':
      update('pipeline', change.pipelineId, { archived: false });
      return;
    case 'MOVE_PIPELINE':
      if (isArchived(change.pipelineId)) return;
      end('queueGrant', ({ pipelineId }) => pipelineId === change.pipelineId);
      update('pipeline', change.pipelineId, { clusterId: change.clusterId });
      return;
    case 'OPEN_QUEUE':
      update('queue', change.queueId, { mode: 'OPEN' });
      return;
    case 'LET_MEMBERS_CREATE':
      for (const kind of ['organization', 'team']) {
        update(kind, change.ownerId, { membersCanCreatePipelines: true });
      }
      return;
    case 'JOIN_TEAM': {
      const { userId, teamId, role, raises } = change;
      if (!canHold(userId)) return;
      if (raises === null) add('teamMember', { userId, teamId, role });
      else update('teamMember', raises, { role });
      return;
    }
    case 'GRANT_CLUSTER':
      if (!canHold(change.holderId)) return;
      add(change.level === 'MAINTAINER' ? 'maintainer' : 'clusterGrant', change);
      return;
    case 'GRANT_PIPELINE':
      if (canHold(change.holderId) && !isArchived(change.pipelineId)) add('pipelineGrant', change);
      return;
    case 'GRANT_QUEUE': {
      const { pipelineId, queueId, replaces } = change;
      const inside =
        the('pipeline', pipelineId)?.['clusterId'] === the('queue', queueId)?.['clusterId'];
      if (!inside || isArchived(pipelineId)) return;
      end('queueGrant', ({ id }) => id === replaces);
      add('queueGrant', change);
    }
  }
}
