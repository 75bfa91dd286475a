import { Client } from './client';

/** The people of the story. Each holds an API token of their own, nothing else. */
export interface People {
  readonly admin: Client;
  readonly developer: Client;
  readonly monitor: Client;
  readonly operator: Client;
}

/** The ids that the scenes speak of; filled in as the story goes on. */
export interface World {
  readonly url: string;
  readonly organizationId: string;
  readonly people: People;
  readonly userIds: Readonly<Record<'developer' | 'monitor' | 'operator', string>>;
  readonly teamIds: Readonly<Record<'everyone' | 'operators', string>>;
  readonly clusterId: string;
  readonly queueId: string;
  readonly pipelineIds: Readonly<Record<'website' | 'accounts', string>>;
}

const MEMBERS = [
  ['developer', 'Developer'],
  ['monitor', 'Monitor'],
  ['operator', 'Operator'],
] as const;

/**
 * Builds the world as it was: one pool of agents with strong cloud permissions, one team that
 * everybody is in, and a switch that lets every member create pipelines.
 */
export async function worldAsItWas(
  url: string,
  organizationId: string,
  adminToken: string,
): Promise<World> {
  const admin = new Client(url, adminToken);
  await admin.change(
    'organizationUpdate',
    { organizationId, membersCanCreatePipelines: true },
    'organization { id }',
  );
  const members = await Promise.all(
    MEMBERS.map(([, name]) => addMember(admin, organizationId, name)),
  );
  const [developer, monitor, operator] = members;
  if (developer === undefined || monitor === undefined || operator === undefined) {
    throw new RangeError('a member is missing');
  }
  const everyone = await createTeam(admin, organizationId, 'everyone', 'Everyone', members);
  const operators = await createTeam(admin, organizationId, 'operators', 'Operators', [operator]);
  const { cluster } = await admin.change<{ cluster: { id: string } }>(
    'clusterCreate',
    { organizationId, slug: 'agents', name: 'All agents', emoji: '🏗️' },
    'cluster { id }',
  );
  const { queue } = await admin.change<{ queue: { id: string } }>(
    'clusterQueueCreate',
    { clusterId: cluster.id, key: 'default', mode: 'OPEN', makeDefault: true },
    'queue { id }',
  );
  await admin.change(
    'clusterGrant',
    { clusterId: cluster.id, teamId: everyone, level: 'USE' },
    'grant { id }',
  );
  const pipeline = async (slug: string, name: string): Promise<string> => {
    const payload = await admin.change<{ pipeline: { id: string } }>(
      'pipelineCreate',
      { organizationId, clusterId: cluster.id, slug, name },
      'pipeline { id }',
    );
    return payload.pipeline.id;
  };
  const website = await pipeline('website', 'Website');
  const accounts = await pipeline('cloud-accounts', 'Cloud accounts');
  const grant = async (pipelineId: string, teamId: string, level: string): Promise<void> => {
    await admin.change('pipelineGrant', { pipelineId, teamId, level }, 'grant { id }');
  };
  await grant(website, everyone, 'BUILD');
  await grant(accounts, everyone, 'READ');
  await grant(accounts, operators, 'MANAGE');
  return {
    url,
    organizationId,
    people: {
      admin,
      developer: new Client(url, developer.token),
      monitor: new Client(url, monitor.token),
      operator: new Client(url, operator.token),
    },
    userIds: { developer: developer.id, monitor: monitor.id, operator: operator.id },
    teamIds: { everyone, operators },
    clusterId: cluster.id,
    queueId: queue.id,
    pipelineIds: { website, accounts },
  };
}

interface DemoMember {
  readonly id: string;
  readonly token: string;
}

/** People make their own tokens; the story lets services stand in, since an admin may do it for those. */
async function addMember(admin: Client, organizationId: string, name: string): Promise<DemoMember> {
  const { member } = await admin.change<{ member: { id: string } }>(
    'organizationMemberAdd',
    { organizationId, name, role: 'MEMBER', kind: 'SERVICE' },
    'member { id }',
  );
  const { secret } = await admin.change<{ secret: string }>(
    'apiTokenCreate',
    { userId: member.id, description: 'demo', scopes: ['read', 'write'] },
    'secret',
  );
  return { id: member.id, token: secret };
}

async function createTeam(
  admin: Client,
  organizationId: string,
  slug: string,
  name: string,
  members: readonly DemoMember[],
): Promise<string> {
  const { team } = await admin.change<{ team: { id: string } }>(
    'teamCreate',
    { organizationId, slug, name },
    'team { id }',
  );
  for (const { id } of members) {
    const input = { teamId: team.id, userId: id, role: 'MEMBER' };
    await admin.change('teamMemberAdd', input, 'teamMember { id }');
  }
  return team.id;
}
