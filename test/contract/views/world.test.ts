import { AgentDisconnected } from '../../../src/domain/agent/events';
import { ClusterGrantRevoked } from '../../../src/domain/cluster/events';
import type { EntityKind } from '../../../src/domain/entity';
import { MemberAdded, MemberRemoved } from '../../../src/domain/member/events';
import { QueueUpdated } from '../../../src/domain/queue/events';
import { TeamDeleted, TeamMemberUpdated, TeamUpdated } from '../../../src/domain/team/events';
import type { OrganizationNumber } from '../../../src/ledger/types';
import type { World } from '../../../src/views/world';
import { smallWorld } from '../../support/views/small-world';
import { ViewsFiles, type TestOrganization } from '../../support/views/views-files';

let files: ViewsFiles;
let organization: TestOrganization;
let made: ReturnType<typeof smallWorld>;

beforeEach(() => {
  files = new ViewsFiles();
  organization = files.organization();
  made = smallWorld(files, organization);
  files.record(organization, made.events);
});
afterEach(() => files.close());

/** The world as the writer finds it, and as a reader does. */
const worlds: readonly (readonly [string, () => World])[] = [
  ['the writer', () => files.writer.world(organization.number, organization.id, files.now)!],
  ['a reader', () => files.queries().world(organization.id, files.now)!],
];

describe.each(worlds)('the world of %s', (_name, world) => {
  test('holds every kind of entity, with its version', () => {
    const { ids } = made;
    const expected: readonly (readonly [EntityKind, string])[] = [
      ['organization', ids.organizationId],
      ['member', ids.userId],
      ['team', ids.teamId],
      ['teamMember', ids.teamMemberId],
      ['cluster', ids.clusterId],
      ['clusterGrant', ids.clusterGrantId],
      ['queue', ids.queueId],
      ['queueGrant', ids.queueGrantId],
      ['pipeline', ids.pipelineId],
      ['pipelineGrant', ids.pipelineGrantId],
      ['apiToken', ids.tokenId],
      ['agent', ids.agentId],
    ];
    for (const [kind, id] of expected) {
      expect(world().get(kind, id)).toMatchObject({ id, version: 1 });
    }
    expect(world().get('agentKey', ids.keyId)).toMatchObject({ state: 'ACTIVE', version: 2 });
  });

  test('finds nothing by the id of another kind, or by none', () => {
    expect(world().get('cluster', made.ids.teamId)).toBeUndefined();
    expect(world().get('clusterGrant', made.ids.pipelineGrantId)).toBeUndefined();
    expect(world().get('team', 'tea_unknown')).toBeUndefined();
    expect(world().get('team', '')).toBeUndefined();
  });

  test('counts versions, and knows what existed', () => {
    const { teamId } = made.ids;
    files.record(organization, [TeamUpdated.make({ teamId, slug: 'site' })]);
    expect(world().get('team', teamId)).toMatchObject({ slug: 'site', version: 2 });
    files.record(organization, [TeamDeleted.make({ teamId })]);
    expect(world().get('team', teamId)).toBeUndefined();
    expect(world().existed('team', teamId)).toBe(true);
    expect(world().existed('cluster', teamId)).toBe(false);
    expect(world().existed('team', files.newId('tea'))).toBe(false);
  });

  test('one that ended and came back is a new one', () => {
    const { userId } = made.ids;
    files.record(organization, [MemberRemoved.make({ userId })]);
    expect(world().get('member', userId)).toBeUndefined();
    const again = MemberAdded.make(
      { userId, role: 'MEMBER', kind: 'PERSON' },
      { name: 'Ada', email: null },
    );
    files.record(organization, [again]);
    expect(world().get('member', userId)).toMatchObject({ role: 'MEMBER', version: 1 });
  });

  test('remembers every name that was ever taken, in its scope', () => {
    const { teamId, clusterId, queueId, pipelineId } = made.ids;
    files.record(organization, [
      TeamUpdated.make({ teamId, slug: 'site' }),
      TeamUpdated.make({ teamId, slug: 'web' }),
      TeamDeleted.make({ teamId }),
      QueueUpdated.make({ queueId, clusterId, key: 'deploy' }),
    ]);
    const { nameOwner } = world();
    expect([nameOwner('team', 'web'), nameOwner('team', 'site')]).toEqual([teamId, teamId]);
    expect(nameOwner('cluster', 'build')).toBe(clusterId);
    expect(nameOwner('pipeline', 'site')).toBe(pipelineId);
    expect(nameOwner('cluster', 'site')).toBeUndefined();
    expect(nameOwner(`queue:${clusterId}`, 'default')).toBe(queueId);
    expect(nameOwner(`queue:${clusterId}`, 'deploy')).toBe(queueId);
    expect(nameOwner(`queue:${files.newId('clu')}`, 'default')).toBeUndefined();
  });

  test('its facts leave out what expired; open facts do not', () => {
    const { teamMemberId, teamId, userId, clusterId } = made.ids;
    const expiresAt = files.now + 10;
    files.record(organization, [
      TeamMemberUpdated.make({ teamMemberId, teamId, userId, role: 'MAINTAINER', expiresAt }),
    ]);
    expect(world().facts.held(userId, 'clusterGrant', clusterId)).toHaveLength(1);
    files.now = expiresAt;
    expect(world().facts.held(userId, 'clusterGrant', clusterId)).toEqual([]);
    expect(world().facts.between(userId, 'teamMember', teamId)).toEqual([]);
    expect(world().open(userId, 'teamMember', teamId)).toEqual([
      expect.objectContaining({ level: 'MAINTAINER', expiresAt, source: teamMemberId }),
    ]);
  });

  test('names every open fact on either side of an id, once', () => {
    const { teamId, clusterId, organizationId, clusterGrantId } = made.ids;
    const named = world().naming(teamId);
    expect(named.map(({ relation }) => relation)).toEqual(['clusterGrant', 'team', 'teamMember']);
    const revoked = ClusterGrantRevoked.make({
      ...{ grantId: clusterGrantId, clusterId, holderId: teamId },
    });
    files.record(organization, [revoked]);
    expect(
      world()
        .naming(teamId)
        .map(({ relation }) => relation),
    ).toEqual(['team', 'teamMember']);
    expect(
      world()
        .naming(organizationId)
        .map(({ relation }) => relation)
        .sort(),
    ).toEqual([...['cluster', 'member', 'pipeline', 'team']]);
    expect(world().naming('tea_unknown')).toEqual([]);
  });

  test('lists the agents that have not ended', () => {
    const { agentId, keyId, queueId, clusterId } = made.ids;
    const ids = (agents: readonly { readonly id: string }[]) => agents.map(({ id }) => id);
    expect(ids(world().liveAgents({ keyId }))).toEqual([agentId]);
    expect(ids(world().liveAgents({ queueId }))).toEqual([agentId]);
    expect(ids(world().liveAgents({ clusterId, keyId }))).toEqual([agentId]);
    expect(world().liveAgents({ clusterId, queueId: files.newId('que') })).toEqual([]);
    expect(world().liveAgents({ clusterId: files.newId('clu') })).toEqual([]);
    expect(() => world().liveAgents({})).toThrow(RangeError);
    files.record(organization, [AgentDisconnected.make({ agentId, keyId, reason: 'EXPIRED' })]);
    expect(world().liveAgents({ keyId })).toEqual([]);
    expect(world().get('agent', agentId)?.ended?.reason).toBe('EXPIRED');
  });

  test('its now never lies before what was recorded', () => {
    const recordedAt = files.now;
    files.now -= 60_000;
    expect(world().now).toBe(recordedAt);
    expect(world().facts.moment).toEqual({ position: 13, instant: recordedAt });
  });
});

test('the writer sees its own batch at once, a reader only what was committed', () => {
  const { teamId } = made.ids;
  const stored = files.append(organization, [TeamUpdated.make({ teamId, slug: 'site' })]);
  const queries = files.queries();
  files.writer.begin();
  for (const [kind, event] of stored) {
    files.writer.apply(organization.number, organization.id, kind, [event]);
  }
  expect(
    files.writer.world(organization.number, organization.id, files.now)?.get('team', teamId)?.slug,
  ).toBe('site');
  expect(queries.get(organization.id, 'team', teamId)?.slug).toBe('web');
  files.writer.commit();
  expect(queries.get(organization.id, 'team', teamId)?.slug).toBe('site');
});

test('there is no world where there is no organization', () => {
  expect(files.writer.world(99 as OrganizationNumber, 'org_unknown', files.now)).toBeUndefined();
  const empty = files.organization();
  expect(files.writer.world(empty.number, empty.id, files.now)).toBeUndefined();
  expect(files.queries().world(empty.id, files.now)).toBeUndefined();
});
