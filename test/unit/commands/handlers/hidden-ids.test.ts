import type { CommandName, Inputs } from '../../../../src/commands/inputs';
import { generateAgentKey } from '../../../../src/agent/agent-key-pair';
import { MemoryOrganization } from '../../../support/memory-organization';

/**
 * One maintains the cluster `own` and manages a pipeline in it. The cluster `far`, what is in it, and
 * the team `secret`, which holds grants there, are hidden from them.
 */
function setUp() {
  const acme = new MemoryOrganization();
  const { admin, id: organizationId } = acme;
  const lead = acme.member();
  const { userId } = lead;
  const cluster = (slug: string) =>
    acme.do(admin, 'clusterCreate', { organizationId, slug, name: slug })['clusterId']!;
  const [own, far] = [cluster('own'), cluster('far')];
  acme.do(admin, 'clusterMaintainerAdd', { clusterId: own, userId });
  const pipeline = (slug: string, clusterId: string) =>
    acme.do(admin, 'pipelineCreate', { organizationId, clusterId, slug, name: slug })[
      'pipelineId'
    ]!;
  const [mine, farPipeline] = [pipeline('mine', own), pipeline('far', far)];
  acme.do(admin, 'pipelineGrant', { pipelineId: mine, userId, level: 'MANAGE' });
  const queue = (clusterId: string, key: string) =>
    acme.do(admin, 'clusterQueueCreate', { clusterId, key, mode: 'RESTRICTED' })['queueId']!;
  const [ownQueue, farQueue] = [queue(own, 'q'), queue(far, 'q')];
  const team = { organizationId, slug: 'secret', name: 'Secret' };
  const teamId = acme.do(admin, 'teamCreate', team)['teamId']!;
  acme.do(admin, 'clusterGrant', { clusterId: far, teamId, level: 'USE' });
  acme.do(admin, 'pipelineGrant', { pipelineId: farPipeline, teamId, level: 'BUILD' });
  return { acme, admin, lead, organizationId, own, mine, ownQueue, farQueue, farPipeline, teamId };
}

type World = ReturnType<typeof setUp>;
type Wish = {
  [M in CommandName]: { readonly mutation: M; readonly input: Inputs[M] };
}[CommandName];
const PUBLIC_KEY = JSON.stringify(generateAgentKey().publicKey.jwk);

/** Each mutation with a second id: whose hidden one it is, and the wish that names an id there. */
const CASES: readonly (readonly [
  string,
  'teamId' | 'farQueue' | 'farPipeline',
  string,
  (world: World, id: string) => Wish,
])[] = [
  [
    'clusterGrant',
    'teamId',
    'teamId',
    ({ own: clusterId }, teamId) => ({
      mutation: 'clusterGrant',
      input: { clusterId, teamId, level: 'USE' },
    }),
  ],
  [
    'clusterGrant with an expiry that is past',
    'teamId',
    'teamId',
    ({ own: clusterId }, teamId) => ({
      mutation: 'clusterGrant',
      input: { clusterId, teamId, level: 'USE', expiresAt: 1 },
    }),
  ],
  [
    'pipelineGrant',
    'teamId',
    'teamId',
    ({ mine: pipelineId }, teamId) => ({
      mutation: 'pipelineGrant',
      input: { pipelineId, teamId, level: 'BUILD' },
    }),
  ],
  [
    'pipelineCreate',
    'teamId',
    'teamId',
    ({ organizationId, own: clusterId }, teamId) => ({
      mutation: 'pipelineCreate',
      input: { organizationId, clusterId, slug: 'mine', name: 'Taken', teamId },
    }),
  ],
  [
    'queuePipelineGrant',
    'farPipeline',
    'pipelineId',
    ({ ownQueue: queueId }, pipelineId) => ({
      mutation: 'queuePipelineGrant',
      input: { queueId, pipelineId },
    }),
  ],
  [
    'clusterUpdate',
    'farQueue',
    'defaultQueueId',
    ({ own: clusterId }, defaultQueueId) => ({
      mutation: 'clusterUpdate',
      input: { clusterId, defaultQueueId, slug: 'far', expectedVersion: 99 },
    }),
  ],
  [
    'agentKeyRegister',
    'farQueue',
    'queueIds',
    ({ own: clusterId, ownQueue }, id) => ({
      mutation: 'agentKeyRegister',
      input: { clusterId, name: 'K', publicKey: PUBLIC_KEY, queueIds: [ownQueue, id] },
    }),
  ],
];

const UNKNOWN = { teamId: 'tea', farQueue: 'que', farPipeline: 'pip' } as const;

test.each(CASES)(
  '%s: a hidden %s is answered like an unknown one',
  (_name, hidden, field, wish) => {
    const world = setUp();
    const { acme, lead } = world;
    const ask = (id: string) => {
      const { mutation, input } = wish(world, id);
      return acme.refused(lead, mutation, input, 'NOT_FOUND', field);
    };
    expect(ask(world[hidden])).toEqual(ask(acme.newId(UNKNOWN[hidden])));
  },
);

test('clusterMaintainerAdd, teamMemberAdd: everyone whom the organization has is seen', () => {
  const { acme, admin, lead, own: clusterId, teamId } = setUp();
  const userId = acme.newId('usr');
  const maintainer = { clusterId, userId };
  acme.refused(admin, 'clusterMaintainerAdd', maintainer, 'NOT_FOUND', 'userId');
  acme.refused(lead, 'clusterGrant', { ...maintainer, level: 'USE' }, 'NOT_FOUND', 'userId');
  const member = { teamId, userId, role: 'MEMBER' } as const;
  acme.refused(admin, 'teamMemberAdd', member, 'NOT_FOUND', 'userId');
  // Neither mutation tells who may not use it whether there is such a team or member.
  for (const id of [teamId, acme.newId('tea')]) {
    acme.refused(lead, 'clusterMaintainerAdd', { clusterId, teamId: id }, 'FORBIDDEN');
    for (const user of [userId, admin.userId]) {
      const wish = { ...member, teamId: id, userId: user };
      acme.refused(lead, 'teamMemberAdd', wish, 'NOT_FOUND', 'teamId');
    }
  }
});

test('a team that the caller sees may be named, also with a token that is for writing only', () => {
  const { acme, admin, lead, own: clusterId, teamId } = setUp();
  acme.do(admin, 'clusterGrant', { clusterId, teamId, level: 'VIEW' });
  const writing = acme.token(lead.userId, ['cluster:manage']);
  acme.do(writing, 'clusterGrant', { clusterId, teamId, level: 'USE' });
  acme.refused(writing, 'clusterGrant', { clusterId, teamId, level: 'USE' }, 'ALREADY_EXISTS');
});
