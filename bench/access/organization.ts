import { ApiTokenCreated } from '../../src/domain/api-token/events';
import { ClusterCreated, ClusterGranted } from '../../src/domain/cluster/events';
import type { NewId, OrganizationId, PipelineId, QueueId } from '../../src/domain/id';
import type { ApiTokenId, ClusterId, TeamId, UserId } from '../../src/domain/id';
import { MemberAdded, type MemberRole } from '../../src/domain/member/events';
import { OrganizationCreated, RulesAdopted } from '../../src/domain/organization/events';
import { PipelineCreated, PipelineGranted } from '../../src/domain/pipeline/events';
import { QueueCreated, QueuePipelineGranted } from '../../src/domain/queue/events';
import { TeamCreated, TeamMemberAdded } from '../../src/domain/team/events';
import { pick } from './random';
import type { BenchToken, RecordEvent } from './recorder';

export interface Sizes {
  readonly users: number;
  readonly clusters: number;
  /** How many people shall reach the one wide cluster. */
  readonly wide: number;
}

/** What is known of a cluster by construction: everybody else is denied. */
export interface BenchCluster {
  readonly id: ClusterId;
  /** The places, in the list of users, of all who may use the cluster and build its pipeline. */
  readonly users: readonly number[];
  /** Granted BUILD to the same; runs on both queues. */
  readonly built: PipelineId;
  /** Granted to nobody; runs on the OPEN queue only. */
  readonly idle: PipelineId;
  readonly open: QueueId;
  readonly restricted: QueueId;
}

export interface BenchOrganization {
  readonly organizationId: OrganizationId;
  /** The API token of a service that reads everything, as portals do. */
  readonly token: string;
  /** The API token of an ADMIN. */
  readonly adminToken: string;
  readonly users: readonly UserId[];
  readonly teams: readonly TeamId[];
  readonly clusters: readonly BenchCluster[];
  readonly wide: BenchCluster;
}

/** Each user is in two teams; a team is this many times two. */
const USERS_PER_TEAM = 20;
const STRIDE = 7;

/** What it takes to make an organization. */
export interface Parts {
  readonly newId: NewId;
  readonly record: RecordEvent;
  readonly newToken: () => BenchToken;
}

/** Founds an organization by the events that commands would have made, one `record` for each. */
export function foundOrganization(slug: string, sizes: Sizes, parts: Parts): BenchOrganization {
  const { newId, record } = parts;
  const organizationId = newId('org');
  record(
    OrganizationCreated.make(
      { organizationId, slug, membersCanCreatePipelines: false },
      { name: 'Bench' },
    ),
  );
  record(RulesAdopted.make({ organizationId, rulesVersion: 1 }));
  const { text: token } = addService('AUDITOR', ['read'], parts);
  const { text: adminToken } = addService('ADMIN', ['read', 'write'], parts);
  const users = addUsers(sizes, parts);
  const teams = addTeams(users, parts);
  const clusters = Array.from({ length: sizes.clusters }, (_, index) =>
    addCluster(`cluster-${String(index)}`, [pick(teams, index)], parts),
  );
  const wide = addCluster('wide', teamsOf(sizes.wide, teams), parts);
  const teamIds = teams.map(({ id }) => id);
  return { organizationId, token, adminToken, users, teams: teamIds, clusters, wide };
}

function named(name: string): { readonly name: string; readonly email: null } {
  return { name, email: null };
}

/** A service and its API token. */
export interface BenchService {
  readonly userId: UserId;
  readonly tokenId: ApiTokenId;
  readonly text: string;
  readonly scopes: readonly string[];
}

/** Adds a service with an API token of these scopes. */
export function addService(
  role: MemberRole,
  scopes: readonly string[],
  { newId, record, newToken }: Parts,
): BenchService {
  const userId = newId('usr');
  record(MemberAdded.make({ userId, role, kind: 'SERVICE' }, named(role)));
  const { text, hash: tokenHash } = newToken();
  const tokenId = newId('tok');
  const limits = { addressRanges: [], expiresAt: null };
  record(ApiTokenCreated.make({ tokenId, userId, tokenHash, scopes: [...scopes], ...limits }));
  return { userId, tokenId, text, scopes };
}

function addUsers({ users }: Sizes, { newId, record }: Parts): readonly UserId[] {
  return Array.from({ length: users }, (_, index) => {
    const userId = newId('usr');
    const name = `User ${String(index)}`;
    record(MemberAdded.make({ userId, role: 'MEMBER', kind: 'PERSON' }, named(name)));
    return userId;
  });
}

interface Team {
  readonly id: TeamId;
  readonly members: readonly number[];
}

function addTeams(users: readonly UserId[], { newId, record }: Parts): readonly Team[] {
  const count = Math.ceil(users.length / USERS_PER_TEAM);
  const members = Array.from({ length: count }, (): Set<number> => new Set());
  users.forEach((_, index) => {
    members[index % count]?.add(index);
    members[(STRIDE * index + 3) % count]?.add(index);
  });
  return members.map((places, index) => {
    const teamId = newId('tea');
    const slug = `team-${String(index)}`;
    record(TeamCreated.make({ teamId, slug, membersCanCreatePipelines: false }, { name: slug }));
    for (const place of places) {
      const userId = pick(users, place);
      const teamMemberId = newId('tmb');
      const membership = { teamMemberId, teamId, userId, role: 'MEMBER', expiresAt: null } as const;
      record(TeamMemberAdded.make(membership));
    }
    return { id: teamId, members: [...places] };
  });
}

/** As many teams as it takes to have so many people in them, each counted once. */
function teamsOf(people: number, teams: readonly Team[]): readonly Team[] {
  const met = new Set<number>();
  const count = teams.findIndex(({ members }) => {
    for (const place of members) met.add(place);
    return met.size >= people;
  });
  return teams.slice(0, count + 1);
}

function addCluster(slug: string, teams: readonly Team[], parts: Parts): BenchCluster {
  const { newId, record } = parts;
  const id = newId('clu');
  record(ClusterCreated.make({ clusterId: id, slug, emoji: null, color: null }, { name: slug }));
  const addQueue = (key: string, mode: 'OPEN' | 'RESTRICTED'): QueueId => {
    const queueId = newId('que');
    record(QueueCreated.make({ queueId, clusterId: id, key, mode }));
    return queueId;
  };
  const addPipeline = (name: string): PipelineId => {
    const pipelineId = newId('pip');
    const personal = { name, repository: null };
    record(PipelineCreated.make({ pipelineId, slug: `${slug}-${name}`, clusterId: id }, personal));
    return pipelineId;
  };
  const open = addQueue('default', 'OPEN');
  const restricted = addQueue('deploy', 'RESTRICTED');
  const built = addPipeline('built');
  const idle = addPipeline('idle');
  const expiresAt = null;
  record(
    QueuePipelineGranted.make({
      ...{ grantId: newId('gra'), queueId: restricted, pipelineId: built },
      ...{ branches: [], expiresAt },
    }),
  );
  for (const { id: holderId } of teams) {
    const use = {
      grantId: newId('gra'),
      clusterId: id,
      holderId,
      level: 'USE',
      expiresAt,
    } as const;
    record(ClusterGranted.make(use));
    const grantId = newId('gra');
    record(
      PipelineGranted.make({ grantId, pipelineId: built, holderId, level: 'BUILD', expiresAt }),
    );
  }
  const users = [...new Set(teams.flatMap(({ members }) => members))];
  return { id, users, built, idle, open, restricted };
}
