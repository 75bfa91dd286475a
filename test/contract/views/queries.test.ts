import { ClusterGranted, ClusterGrantRevoked } from '../../../src/domain/cluster/events';
import type { EntityKind } from '../../../src/domain/entity';
import { MemberAdded } from '../../../src/domain/member/events';
import { OrganizationUpdated } from '../../../src/domain/organization/events';
import { TeamCreated, TeamDeleted, TeamUpdated } from '../../../src/domain/team/events';
import { ApiTokenRevoked } from '../../../src/domain/api-token/events';
import type { ListKey, ListOrder, ListQuery, ListRow, Queries } from '../../../src/views/queries';
import { hashOf, smallWorld } from '../../support/views/small-world';
import { ViewsFiles, type TestOrganization } from '../../support/views/views-files';

let files: ViewsFiles;
let organization: TestOrganization;
let queries: Queries;
let made: ReturnType<typeof smallWorld>;

beforeEach(() => {
  files = new ViewsFiles();
  organization = files.organization();
  made = smallWorld(files, organization);
  files.record(organization, made.events);
  queries = files.queries();
});
afterEach(() => files.close());

function page<K extends EntityKind>(
  kind: K,
  owner: string,
  more: Partial<ListQuery<K>> = {},
): readonly string[] {
  const query = { by: 'parent', order: 'CREATED', after: null, limit: 100, ...more } as const;
  return queries
    .list({ organizationId: organization.id, kind, owner, ...query })
    .map(({ entity }) => entity.id);
}

describe('lists', () => {
  test('every kind under its parent, and under its other owner', () => {
    const { ids } = made;
    const { organizationId, clusterId, teamId, userId, queueId, pipelineId } = ids;
    const lists: readonly (readonly [EntityKind, 'parent' | 'other', string, string])[] = [
      ['member', 'parent', organizationId, userId],
      ['team', 'parent', organizationId, teamId],
      ['cluster', 'parent', organizationId, clusterId],
      ['pipeline', 'parent', organizationId, pipelineId],
      ['pipeline', 'other', clusterId, pipelineId],
      ['teamMember', 'parent', teamId, ids.teamMemberId],
      ['teamMember', 'other', userId, ids.teamMemberId],
      ['clusterGrant', 'parent', clusterId, ids.clusterGrantId],
      ['clusterGrant', 'other', teamId, ids.clusterGrantId],
      ['queue', 'parent', clusterId, queueId],
      ['agentKey', 'parent', clusterId, ids.keyId],
      ['queueGrant', 'parent', queueId, ids.queueGrantId],
      ['queueGrant', 'other', pipelineId, ids.queueGrantId],
      ['pipelineGrant', 'parent', pipelineId, ids.pipelineGrantId],
      ['pipelineGrant', 'other', userId, ids.pipelineGrantId],
      ['agent', 'parent', clusterId, ids.agentId],
      ['agent', 'other', queueId, ids.agentId],
      ['apiToken', 'parent', userId, ids.tokenId],
    ];
    for (const [kind, by, owner, id] of lists) {
      for (const order of ['KEY', 'CREATED'] as const) {
        expect([kind, by, page(kind, owner, { by, order })]).toEqual([kind, by, [id]]);
      }
    }
  });

  test('nothing under an owner that is not, or has none of the kind', () => {
    expect(page('team', files.newId('org'))).toEqual([]);
    expect(page('team', made.ids.clusterId)).toEqual([]);
    expect(page('clusterGrant', made.ids.userId, { by: 'other' })).toEqual([]);
  });

  test('by key, then age; by age', () => {
    const slugs = ['m', 'b', 'z', 'a'];
    const ids = slugs.map((slug) => team(slug));
    const [m, b, z, a] = ids;
    const web = made.ids.teamId;
    expect(page('team', organization.id, { order: 'KEY' })).toEqual([a, b, m, web, z]);
    expect(page('team', organization.id, { order: 'CREATED' })).toEqual([web, m, b, z, a]);
    const [first, second] = ['Same', 'same'].map((name) => member(name));
    expect(page('member', organization.id, { order: 'KEY' })).toEqual([
      ...[made.ids.userId, first, second],
    ]);
  });

  test.each<ListOrder>(['KEY', 'CREATED'])(
    'pages by %s neither repeat nor lose a row while others come and go',
    (order) => {
      const before = ['d', 'h', 'l', 'p', 't'].map((slug) => team(slug));
      const seen: string[] = [];
      let after: ListKey | null = null;
      let round = 0;
      for (;;) {
        const rows: readonly ListRow<'team'>[] = queries.list({
          ...{ organizationId: organization.id, kind: 'team', by: 'parent' },
          ...{ owner: organization.id, order, after, limit: 2 },
        });
        seen.push(...rows.map(({ entity }) => entity.id));
        after = rows.at(-1)?.key ?? null;
        if (rows.length < 2) break;
        round += 1;
        team(`a${round}`);
        // Even the row that the next page goes on from may be gone by then.
        if (round === 1) {
          files.record(organization, [TeamDeleted.make({ teamId: rows[1]!.entity.id })]);
        }
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toEqual(expect.arrayContaining(before));
    },
  );

  test('grants of one cluster, whatever their levels, in pages by age', () => {
    const { clusterId, clusterGrantId } = made.ids;
    const levels = ['VIEW', 'USE', 'USE', 'VIEW', 'VIEW'] as const;
    const grants = levels.map((level) => {
      const grantId = files.newId('gra');
      const holderId = member(`for ${level}`);
      const expiresAt = files.now + 1;
      files.record(organization, [
        ClusterGranted.make({ grantId, clusterId, holderId, level, expiresAt }),
      ]);
      return grantId;
    });
    files.now += 100;
    const all = [clusterGrantId, ...grants];
    const seen: string[] = [];
    for (let after: ListKey | null = null; ;) {
      const rows: readonly string[] = page('clusterGrant', clusterId, { after, limit: 2 });
      seen.push(...rows);
      if (rows.length === 0) break;
      after = { sort: '', id: rows.at(-1)! };
    }
    expect(seen).toEqual(all);
  });

  test('a key to go on from that never was gives no page', () => {
    const after = { sort: '', id: files.newId('tea') };
    expect(page('team', organization.id, { after })).toEqual([]);
  });

  function team(slug: string) {
    const teamId = files.newId('tea');
    files.record(organization, [
      TeamCreated.make({ teamId, slug, membersCanCreatePipelines: false }, { name: slug }),
    ]);
    return teamId;
  }

  function member(name: string) {
    const userId = files.newId('usr');
    files.record(organization, [
      MemberAdded.make({ userId, role: 'MEMBER', kind: 'PERSON' }, { name, email: null }),
    ]);
    return userId;
  }
});

describe('look-ups', () => {
  test('an organization by its present slug', () => {
    const slug = organization.id.slice(4);
    expect(queries.organizationBySlug(slug)).toBe(organization.id);
    files.record(organization, [
      OrganizationUpdated.make({ organizationId: organization.id, slug: 'renamed' }),
    ]);
    expect(queries.organizationBySlug('renamed')).toBe(organization.id);
    expect(queries.organizationBySlug(slug)).toBeUndefined();
  });

  test('a token by its hash, until it ends', () => {
    const { tokenId, userId } = made.ids;
    expect(queries.tokenByHash(hashOf(tokenId))).toEqual({
      ...{ organizationId: organization.id, tokenId, userId },
      ...{ scopes: ['read'], addressRanges: ['10.0.0.0/8'], expiresAt: 5 },
    });
    expect(queries.tokenByHash('f'.repeat(64))).toBeUndefined();
    files.record(organization, [ApiTokenRevoked.make({ tokenId, userId })]);
    expect(queries.tokenByHash(hashOf(tokenId))).toBeUndefined();
  });

  test('a token by its hash as it is now, however often it was looked for', () => {
    const { tokenId, userId } = made.ids;
    const found = () => queries.tokenByHash(hashOf(tokenId))?.tokenId;
    expect([found(), found()]).toEqual([tokenId, tokenId]);
    files.record(organization, [TeamUpdated.make({ teamId: made.ids.teamId, slug: 'site' })]);
    expect([found(), found()]).toEqual([tokenId, tokenId]);
    // What happens in another organization is none of this one's positions.
    const other = files.organization();
    files.record(other, smallWorld(files, other).events);
    expect(found()).toBe(tokenId);
    files.record(organization, [ApiTokenRevoked.make({ tokenId, userId })]);
    expect([found(), found()]).toEqual([undefined, undefined]);
    files.record(organization, [TeamUpdated.make({ teamId: made.ids.teamId, slug: 'web' })]);
    expect(found()).toBeUndefined();
  });

  test('a token that was looked for before there was one', () => {
    const later = files.organization();
    const world = smallWorld(files, later);
    const found = () => queries.tokenByHash(hashOf(world.ids.tokenId))?.tokenId;
    expect(found()).toBeUndefined();
    files.record(later, world.events);
    expect(found()).toBe(world.ids.tokenId);
  });

  test('events by position, to cite', () => {
    const events = queries.eventsAt(organization.id, [4, 2]);
    expect(events.map(({ position, type }) => [position, type])).toEqual([
      [4, 'ClusterCreated'],
      [2, 'MemberAdded'],
    ]);
    expect(queries.eventsAt(files.newId('org'), [1])).toEqual([]);
  });

  test('what stood at a position and ends by itself between two instants, the second included', () => {
    const { clusterId, userId } = made.ids;
    const ends = files.now + 1000;
    const grantId = files.newId('gra');
    const ids = { grantId, clusterId, holderId: userId };
    const granted = ClusterGranted.make({ ...ids, level: 'VIEW', expiresAt: ends });
    const [event] = files.record(organization, [granted]);
    const position = event?.position ?? 0;
    const found = (at: number, after: number, until: number, id = organization.id) =>
      files
        .queries()
        .expiringFacts(id, at, after, until)
        .map(({ source }) => source)
        .filter((source) => source === grantId);
    expect(found(position, ends - 1, ends)).toEqual([grantId]);
    expect(found(position, ends, ends + 1)).toEqual([]);
    expect(found(position - 1, 0, ends)).toEqual([]);
    expect(found(position, 0, ends, files.organization().id)).toEqual([]);
    const [revoked] = files.record(organization, [ClusterGrantRevoked.make(ids)]);
    expect(found(revoked?.position ?? 0, 0, ends)).toEqual([]);
    expect(found(position, 0, ends)).toEqual([grantId]);
  });

  test('when something was last seen', () => {
    const seen = files.queries(new Map([['agt_1', 17]]));
    expect([seen.lastSeen('agt_1'), seen.lastSeen('agt_2')]).toEqual([17, null]);
  });

  test('the moment of an organization, none where there is no event', () => {
    const { now } = files;
    expect(queries.moment(organization.id, null, now)).toEqual({ position: 13, instant: now });
    expect(queries.moment(organization.id, { position: 2 }, now)).toMatchObject({ position: 2 });
    expect(queries.moment(files.newId('org'), null, now)).toBe('UNKNOWN_MOMENT');
    expect(queries.moment(files.organization().id, null, now)).toBe('UNKNOWN_MOMENT');
  });
});

describe('one state', () => {
  test('an answer stays true of its moment while others write', () => {
    const { teamId } = made.ids;
    const moment = queries.moment(organization.id, null, files.now);
    if (moment === 'UNKNOWN_MOMENT') throw new Error('no moment');
    const facts = queries.facts(organization.id, moment);
    const before = facts.of(teamId, 'team');
    files.record(organization, [TeamDeleted.make({ teamId })]);
    expect(facts.of(teamId, 'team')).toEqual(before);
    expect(before).toHaveLength(1);
    const later = queries.moment(organization.id, null, files.now);
    if (later === 'UNKNOWN_MOMENT') throw new Error('no moment');
    expect(queries.facts(organization.id, later).of(teamId, 'team')).toEqual([]);
  });

  test('what this thread committed is seen at once', () => {
    const { teamId } = made.ids;
    expect(queries.get(organization.id, 'team', teamId)?.slug).toBe('web');
    files.record(organization, [TeamUpdated.make({ teamId, slug: 'site' })]);
    expect(queries.get(organization.id, 'team', teamId)?.slug).toBe('site');
  });
});
