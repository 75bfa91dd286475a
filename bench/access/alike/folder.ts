import { ClusterCreated, ClusterDeleted } from '../../../src/domain/cluster/events';
import type { NewId, OrganizationId } from '../../../src/domain/id';
import { MemberAdded, MemberRemoved } from '../../../src/domain/member/events';
import { QueueCreated, QueueDeleted } from '../../../src/domain/queue/events';
import { TeamCreated, TeamDeleted } from '../../../src/domain/team/events';
import { buildViews, madeOnce, type BenchFolder } from '../make-folder';
import {
  addService,
  foundOrganization,
  type BenchOrganization,
  type BenchService,
} from '../organization';
import { Recorder, type RecordEvent } from '../recorder';

/** What can be asked about, by the prefix of its ids. */
export type ThingKind = 'clu' | 'que' | 'pip' | 'tea' | 'usr';

/** Ids of things that are all in one relation to who asks. */
export type Things = Readonly<Partial<Record<ThingKind, readonly string[]>>>;

/** Two organizations, and those who ask: each of them without a right to what they ask about. */
export interface AlikeFolder extends Pick<BenchFolder, 'path' | 'viewsNumber'> {
  readonly home: Side;
  readonly abroad: Side;
}

export interface Side {
  readonly organizationId: OrganizationId;
  /** A MEMBER who is in no team and was granted nothing. */
  readonly member: BenchService;
  /** An ADMIN whose API token is for nothing that is asked here. */
  readonly narrow: BenchService;
  readonly admin: BenchService;
  readonly standing: Things;
  readonly deleted: Things;
  /** Ids as they are given, that nothing was ever given. */
  readonly absent: Things;
}

const SIZES = { users: 1000, clusters: 100, wide: 100 };
/** So many of each kind are asked about. */
const THINGS = 50;

/** Makes the folder, or takes the one that an earlier run made. */
export function makeAlikeFolder(path: string, migrations: string): AlikeFolder {
  return madeOnce(path, () => {
    const recorder = new Recorder(path, migrations);
    const home = addSide('home', recorder);
    const abroad = addSide('abroad', recorder);
    recorder.close();
    return { path, viewsNumber: buildViews(path, migrations), home, abroad };
  });
}

function addSide(slug: string, recorder: Recorder): Side {
  const { newId, newToken } = recorder;
  const parts = { newId, newToken, record: recorder.organization() };
  const organization = foundOrganization(slug, SIZES, parts);
  return {
    organizationId: organization.organizationId,
    member: addService('MEMBER', ['read', 'write'], parts),
    narrow: addService('ADMIN', ['team:manage'], parts),
    admin: addService('ADMIN', ['read', 'write'], parts),
    standing: standingOf(organization),
    ...addAndDelete(parts),
  };
}

function standingOf({ clusters, teams, users }: BenchOrganization): Things {
  const some = clusters.slice(0, THINGS);
  return {
    clu: some.map(({ id }) => id),
    que: some.map(({ restricted }) => restricted),
    pip: some.map(({ built }) => built),
    tea: teams.slice(0, THINGS),
    usr: users.slice(0, THINGS),
  };
}

interface Parts {
  readonly newId: NewId;
  readonly record: RecordEvent;
}

/** Things that are deleted, with ids between theirs that name nothing. Pipelines are never deleted. */
function addAndDelete({ newId, record }: Parts): Pick<Side, 'deleted' | 'absent'> {
  const deleted: Record<Exclude<ThingKind, 'pip'>, string[]> = {
    clu: [],
    que: [],
    tea: [],
    usr: [],
  };
  const absent: Record<ThingKind, string[]> = {
    ...{ clu: [], que: [], pip: [] },
    tea: [],
    usr: [],
  };
  for (let count = 0; count < THINGS; count += 1) {
    const slug = `gone-${String(count)}`;
    const [clusterId, queueId] = [newId('clu'), newId('que')];
    const [teamId, userId] = [newId('tea'), newId('usr')];
    record(ClusterCreated.make({ clusterId, slug, emoji: null, color: null }, { name: slug }));
    record(QueueCreated.make({ queueId, clusterId, key: 'default', mode: 'OPEN' }));
    record(TeamCreated.make({ teamId, slug, membersCanCreatePipelines: false }, { name: slug }));
    record(
      MemberAdded.make({ userId, role: 'MEMBER', kind: 'PERSON' }, { name: slug, email: null }),
    );
    record(QueueDeleted.make({ queueId, clusterId }));
    record(ClusterDeleted.make({ clusterId }));
    record(TeamDeleted.make({ teamId }));
    record(MemberRemoved.make({ userId }));
    deleted.clu.push(clusterId);
    deleted.que.push(queueId);
    deleted.tea.push(teamId);
    deleted.usr.push(userId);
    for (const kind of ['clu', 'que', 'pip', 'tea', 'usr'] as const) absent[kind].push(newId(kind));
  }
  return { deleted, absent };
}
