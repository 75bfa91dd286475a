import { AgentKeyRegistered } from '../../../src/domain/agent-key/events';
import { AgentDisconnected } from '../../../src/domain/agent/events';
import { EVENT_TYPES } from '../../../src/domain/catalogue';
import { ClusterGranted } from '../../../src/domain/cluster/events';
import type { EventActor } from '../../../src/domain/event';
import { MemberAdded, MemberRemoved } from '../../../src/domain/member/events';
import { QueuePaused } from '../../../src/domain/queue/events';
import { TeamDeleted, TeamMemberAdded, TeamUpdated } from '../../../src/domain/team/events';
import type { Connection } from '../../../src/ledger/sqlite/connection';
import type { LedgerKind, StoredEvent } from '../../../src/ledger/types';
import { digestViews } from '../../../src/views/digest';
import { viewsPath } from '../../../src/views/files';
import { openViewsFile } from '../../../src/views/open';
import type { AuditQuery, Queries } from '../../../src/views/queries';
import { rebuildViews } from '../../../src/views/rebuild';
import { smallWorld } from '../../support/views/small-world';
import {
  MIGRATIONS,
  START,
  ViewsFiles,
  type TestOrganization,
} from '../../support/views/views-files';

const MINUTE_MS = 60_000;
const ADA: EventActor = { kind: 'MEMBER', id: `usr_${'a'.repeat(26)}` };
const BOB: EventActor = { kind: 'MEMBER', id: `usr_${'b'.repeat(26)}` };

let files: ViewsFiles;
let organization: TestOrganization;
let made: ReturnType<typeof smallWorld>;
let queries: Queries;

beforeEach(() => {
  files = new ViewsFiles();
  organization = files.organization();
  made = smallWorld(files, organization);
  files.record(organization, made.events, ADA);
  for (let minute = 1; minute <= 30; minute += 1) {
    files.now = START + minute * MINUTE_MS;
    const { teamId, userId, queueId, clusterId } = made.ids;
    const actor = minute % 3 === 0 ? BOB : ADA;
    files.record(organization, [TeamUpdated.make({ teamId }, { name: `Team ${minute}` })], actor);
    files.record(organization, [QueuePaused.make({ queueId, clusterId })], actor);
    if (minute % 10 === 0) {
      const teamMemberId = files.newId('tmb');
      const ids = { teamMemberId, teamId, userId, role: 'MEMBER', expiresAt: null } as const;
      files.record(organization, [TeamMemberAdded.make(ids)], BOB);
    }
  }
  queries = files.queries();
});
afterEach(() => files.close());

const NO_FILTER: Omit<AuditQuery, 'organizationId'> = {
  ...{ kind: 'ACCESS', type: null, actorId: null, subjectId: null },
  ...{ recordedFrom: null, recordedTo: null, order: 'OLDEST_FIRST', after: null, limit: 1000 },
};

function search(filter: Partial<AuditQuery>): readonly StoredEvent[] {
  return queries.auditEvents({ organizationId: organization.id, ...NO_FILTER, ...filter });
}

/** The same by looking at every event. */
function slowSearch(filter: Partial<AuditQuery>): readonly StoredEvent[] {
  const { kind, type, actorId, subjectId, recordedFrom, recordedTo, order, after, limit } = {
    ...NO_FILTER,
    ...filter,
  };
  const all = files.reader.page({ organization: organization.number, kind }, 1, 10_000);
  const ordered = order === 'OLDEST_FIRST' ? [...all] : [...all].reverse();
  return ordered
    .filter((event) => type === null || event.type === type)
    .filter((event) => actorId === null || event.actor.id === actorId)
    .filter((event) => subjectId === null || JSON.stringify(event.data).includes(`"${subjectId}"`))
    .filter((event) => recordedFrom === null || event.recordedAt >= recordedFrom)
    .filter((event) => recordedTo === null || event.recordedAt < recordedTo)
    .filter(
      ({ position }) =>
        after === null || (order === 'OLDEST_FIRST' ? position > after : position < after),
    )
    .slice(0, limit);
}

const positions = (events: readonly StoredEvent[]) => events.map(({ position }) => position);

describe('audit events', () => {
  test('every combination of filters finds what looking at every event finds', () => {
    const { teamId, userId, queueId, clusterId, keyId, agentId, organizationId } = made.ids;
    const subjects = [null, teamId, userId, queueId, clusterId, keyId, agentId, organizationId];
    const kinds: readonly LedgerKind[] = ['ACCESS', 'ACTIVITY'];
    const ranges = [
      [null, null],
      [START + 5 * MINUTE_MS, null],
      [null, START + 20 * MINUTE_MS + 1],
      [START + 10 * MINUTE_MS, START + 10 * MINUTE_MS],
    ] as const;
    const filters = kinds.flatMap((kind) =>
      [null, 'TeamUpdated', 'QueuePaused', 'AgentRegistered', 'Nonsense'].flatMap((type) =>
        [null, ADA.id, BOB.id, 'nobody'].flatMap((actorId) =>
          [...subjects, 'tea_nothing'].flatMap((subjectId) =>
            ranges.map(([recordedFrom, recordedTo]) => ({
              ...{ kind, type, actorId, subjectId, recordedFrom, recordedTo },
            })),
          ),
        ),
      ),
    );
    for (const filter of filters) {
      for (const order of ['OLDEST_FIRST', 'NEWEST_FIRST'] as const) {
        const found = positions(search({ ...filter, order }));
        expect([filter, found]).toEqual([filter, positions(slowSearch({ ...filter, order }))]);
      }
    }
  });

  test.each(['OLDEST_FIRST', 'NEWEST_FIRST'] as const)('%s in pages, filtered or not', (order) => {
    for (const filter of [
      {},
      { actorId: BOB.id },
      { subjectId: made.ids.teamId, type: 'TeamUpdated' },
    ]) {
      const seen: number[] = [];
      for (let after: number | null = null; ; after = seen.at(-1) ?? null) {
        const page = search({ ...filter, order, after, limit: 3 });
        seen.push(...positions(page));
        if (page.length < 3) break;
      }
      expect(seen).toEqual(positions(slowSearch({ ...filter, order })));
      expect(seen.length).toBeGreaterThan(9);
    }
  });

  test('what ended is found by its end, and by its return', () => {
    const { userId, teamId, agentId, keyId } = made.ids;
    const head = () => files.reader.head({ organization: organization.number, kind: 'ACCESS' });
    files.record(organization, [MemberRemoved.make({ userId })]);
    const removed = head().position;
    files.record(organization, [TeamDeleted.make({ teamId })]);
    files.record(organization, [
      MemberAdded.make({ userId, role: 'MEMBER', kind: 'PERSON' }, { name: 'Ada', email: null }),
    ]);
    const returned = head().position;
    for (const order of ['OLDEST_FIRST', 'NEWEST_FIRST'] as const) {
      for (const subjectId of [userId, teamId]) {
        expect(positions(search({ subjectId, order }))).toEqual(
          positions(slowSearch({ subjectId, order })),
        );
      }
    }
    expect(positions(search({ subjectId: userId })).slice(-2)).toEqual([removed, returned]);
    files.record(organization, [AgentDisconnected.make({ agentId, keyId, reason: 'EXPIRED' })]);
    const activity = { kind: 'ACTIVITY', subjectId: agentId } as const;
    expect(search(activity).map(({ type }) => type)).toEqual([
      ...['AgentRegistered', 'AgentDisconnected'],
    ]);
    expect(search({ subjectId: agentId })).toEqual([]);
  });

  test('an event that names many is found by each', () => {
    const queueIds = Array.from({ length: 7 }, () => files.newId('que'));
    const [event] = made.events.filter(({ type }) => type === AgentKeyRegistered.type);
    const keyId = `key_${'m'.repeat(43)}`;
    const data = { ...event!.data, keyId, queueIds };
    files.record(organization, [{ ...event!, data }], BOB);
    for (const subjectId of [...queueIds, keyId]) {
      expect(search({ subjectId }).map(({ type }) => type)).toEqual(['AgentKeyRegistered']);
    }
    expect(search({ type: 'AgentKeyRegistered', actorId: BOB.id })).toHaveLength(1);
  });

  test('in a long past, however it was recorded, and in views made again', () => {
    const { clusterId } = made.ids;
    const rare = [3, 700, 701, 2600];
    const rareId = files.newId('usr');
    const grants = Array.from({ length: 2700 }, (_, index) => {
      const holderId = rare.includes(index) ? rareId : files.newId('usr');
      const grant = { grantId: files.newId('gra'), clusterId, holderId };
      return ClusterGranted.make({ ...grant, level: 'USE', expiresAt: null });
    });
    const sizes = [1, 1, 255, 257, 1500];
    while (grants.length > 0)
      files.record(organization, grants.splice(0, sizes.shift() ?? 100), BOB);

    const compare = (): void => {
      for (const order of ['OLDEST_FIRST', 'NEWEST_FIRST'] as const) {
        const of = { order, type: 'ClusterGranted' };
        expect(search({ ...of, subjectId: rareId })).toHaveLength(rare.length);
        for (const filter of [
          { ...of, subjectId: rareId },
          { ...of, subjectId: clusterId, actorId: BOB.id },
          { order, actorId: ADA.id },
          { ...of, after: 1000, limit: 300 },
        ]) {
          const found = positions(search({ limit: 10_000, ...filter }));
          expect(found).toEqual(positions(slowSearch({ limit: 10_000, ...filter })));
        }
      }
    };
    compare();
    const parts = { folder: files.folder, migrations: MIGRATIONS, current: 1 };
    const rebuilt = rebuildViews(files.reader, parts);
    queries = files.queries(new Map(), rebuilt);
    compare();
    const digest = (db: Connection) => digestViews(db)['event_marks'];
    const again = openViewsFile(viewsPath(files.folder, rebuilt), { migrations: MIGRATIONS });
    expect(digest(again)).toBe(digest(files.viewsFile));
    again.close();
  });

  test('of another organization nothing is found', () => {
    const other = files.organization();
    files.record(other, smallWorld(files, other).events, ADA);
    expect(queries.auditEvents({ organizationId: other.id, ...NO_FILTER })).toHaveLength(13);
    expect(
      queries.auditEvents({
        ...{ organizationId: other.id, ...NO_FILTER, subjectId: made.ids.teamId },
      }),
    ).toEqual([]);
    expect(queries.auditEvents({ organizationId: 'org_unknown', ...NO_FILTER })).toEqual([]);
  });

  test('what is not projected yet is not told', () => {
    files.append(organization, [TeamUpdated.make({ teamId: made.ids.teamId }, { name: 'Later' })]);
    const last = search({ order: 'NEWEST_FIRST', limit: 1 });
    const head = files.reader.head({ organization: organization.number, kind: 'ACCESS' });
    expect(last[0]?.position).toBe(head.position - 1);
    files.writer.catchUp();
    expect(search({ order: 'NEWEST_FIRST', limit: 1 })[0]?.position).toBe(head.position);
  });

  test('every event type names the ledger that it is found in', () => {
    const found = (['ACCESS', 'ACTIVITY'] as const).flatMap((kind) =>
      search({ kind }).map(({ type }) => [type, kind]),
    );
    for (const [type, kind] of found) expect(EVENT_TYPES.get(type!)?.ledger).toBe(kind);
  });
});
