import { generateAgentKey } from '../../../../src/agent/agent-key-pair';
import type { CommandName, Inputs } from '../../../../src/commands/inputs';
import type { Caller } from '../../../../src/commands/protocol';
import { MemoryOrganization } from '../../../support/memory-organization';
import { tracedWorld } from '../../../support/traced-world';

/*
 * What is hidden from who asks a mutation of it, and what was and is no more, is refused as what never
 * was, and after the same look-ups. So nobody learns by the time of a refusal what there is.
 */

const publicKey = () => JSON.stringify(generateAgentKey().publicKey.jwk);

/** A cluster with a little of everything in it, made by the administrator. */
function furnish(acme: MemoryOrganization, slug: string) {
  const { admin, id: organizationId } = acme;
  const { userId } = acme.member();
  const at = { organizationId, slug, name: slug };
  const { clusterId = '' } = acme.do(admin, 'clusterCreate', at);
  const { teamId = '' } = acme.do(admin, 'teamCreate', at);
  const { queueId = '' } = acme.do(admin, 'clusterQueueCreate', {
    ...{ clusterId, key: 'queue', mode: 'RESTRICTED' },
  });
  const { pipelineId = '' } = acme.do(admin, 'pipelineCreate', { ...at, clusterId });
  const grant = { clusterId, teamId, level: 'USE' } as const;
  const key = { clusterId, name: slug, publicKey: publicKey() };
  const membership = { teamId, userId, role: 'MEMBER' } as const;
  return {
    ...{ userId, clusterId, teamId, queueId, pipelineId },
    ...{ grantId: acme.do(admin, 'clusterGrant', grant)['grantId'] ?? '' },
    queueGrantId: acme.do(admin, 'queuePipelineGrant', { queueId, pipelineId })['grantId'] ?? '',
    pipelineGrantId:
      acme.do(admin, 'pipelineGrant', { pipelineId, teamId, level: 'READ' })['grantId'] ?? '',
    maintainerId:
      acme.do(admin, 'clusterMaintainerAdd', { clusterId, teamId })['maintainerId'] ?? '',
    teamMemberId: acme.do(admin, 'teamMemberAdd', membership)['teamMemberId'] ?? '',
    keyId: acme.do(admin, 'agentKeyRegister', key)['keyId'] ?? '',
    tokenId: acme.token(userId, ['read']).tokenId,
  };
}

type Things = ReturnType<typeof furnish>;

/** One maintains `own` and manages its pipeline; `far` is hidden from them, and `gone` is no more. */
function setUp() {
  const acme = new MemoryOrganization();
  const { admin } = acme;
  const lead = acme.member();
  const { userId } = lead;
  const [own, far, gone] = ['own', 'far', 'gone'].map((slug) => furnish(acme, slug)) as [
    Things,
    Things,
    Things,
  ];
  acme.do(admin, 'clusterMaintainerAdd', { clusterId: own.clusterId, userId });
  acme.do(admin, 'pipelineGrant', { pipelineId: own.pipelineId, userId, level: 'MANAGE' });
  acme.do(admin, 'apiTokenRevoke', { tokenId: gone.tokenId });
  acme.do(admin, 'agentKeyRevoke', { keyId: gone.keyId });
  acme.do(admin, 'pipelineMove', { pipelineId: gone.pipelineId, clusterId: null });
  acme.do(admin, 'pipelineRevoke', { grantId: gone.pipelineGrantId });
  acme.do(admin, 'clusterQueueDelete', { queueId: gone.queueId });
  acme.do(admin, 'teamDelete', { teamId: gone.teamId });
  acme.do(admin, 'clusterDelete', { clusterId: gone.clusterId });
  acme.do(admin, 'organizationMemberRemove', { userId: gone.userId });
  const callers: Readonly<Record<string, Caller>> = {
    'who manages other things': lead,
    'who holds nothing': acme.member(),
    'whose token is for writing only': acme.token(userId, ['write']),
  };
  return { acme, own, far, gone, callers };
}

type Wish = { [M in CommandName]: readonly [mutation: M, input: Inputs[M]] }[CommandName];

/** Every mutation that names a thing, by what it names: with the id, and things of one's own. */
const WISHES: { readonly [F in keyof Things]: (id: string, own: Things) => readonly Wish[] } = {
  clusterId: (clusterId, { pipelineId, teamId }) => [
    ['clusterUpdate', { clusterId, name: 'Mine', expectedVersion: 99 }],
    ['clusterDelete', { clusterId }],
    ['clusterMaintainerAdd', { clusterId, teamId }],
    ['clusterGrant', { clusterId, teamId, level: 'USE' }],
    ['clusterQueueCreate', { clusterId, key: 'queue', mode: 'OPEN' }],
    ['pipelineMove', { pipelineId, clusterId }],
    ['agentKeyRegister', { clusterId, name: 'Key', publicKey: publicKey() }],
  ],
  teamId: (teamId, { clusterId, pipelineId, userId }) => [
    ['teamUpdate', { teamId, membersCanCreatePipelines: true, expectedVersion: 99 }],
    ['teamDelete', { teamId }],
    ['teamMemberAdd', { teamId, userId, role: 'MEMBER' }],
    ['clusterGrant', { clusterId, teamId, level: 'USE' }],
    ['pipelineGrant', { pipelineId, teamId, level: 'READ' }],
  ],
  queueId: (queueId, { clusterId, pipelineId }) => [
    ['clusterQueueUpdate', { queueId, mode: 'OPEN', expectedVersion: 99 }],
    ['clusterQueueDelete', { queueId }],
    ['clusterQueuePause', { queueId }],
    ['clusterQueueResume', { queueId }],
    ['queuePipelineGrant', { queueId, pipelineId }],
    ['clusterUpdate', { clusterId, defaultQueueId: queueId }],
  ],
  pipelineId: (pipelineId, { clusterId, queueId, userId }) => [
    ['pipelineUpdate', { pipelineId, name: 'Mine', expectedVersion: 99 }],
    ['pipelineMove', { pipelineId, clusterId }],
    ['pipelineMove', { pipelineId, clusterId: null }],
    ['pipelineArchive', { pipelineId }],
    ['pipelineUnarchive', { pipelineId }],
    ['pipelineGrant', { pipelineId, userId, level: 'READ' }],
    ['queuePipelineGrant', { queueId, pipelineId }],
  ],
  userId: (userId) => [
    ['organizationMemberUpdate', { userId, role: 'AUDITOR', expectedVersion: 99 }],
    ['organizationMemberRemove', { userId }],
    ['apiTokenCreate', { userId, scopes: ['read'] }],
  ],
  grantId: (grantId) => [['clusterRevoke', { grantId }]],
  queueGrantId: (grantId) => [['queuePipelineRevoke', { grantId }]],
  pipelineGrantId: (grantId) => [['pipelineRevoke', { grantId }]],
  maintainerId: (maintainerId) => [['clusterMaintainerRemove', { maintainerId }]],
  teamMemberId: (teamMemberId) => [
    ['teamMemberUpdate', { teamMemberId, role: 'MAINTAINER' }],
    ['teamMemberRemove', { teamMemberId }],
  ],
  keyId: (keyId) => [['agentKeyRevoke', { keyId }]],
  tokenId: (tokenId) => [['apiTokenRevoke', { tokenId }]],
};

const { acme, own, far, gone, callers } = setUp();

/** What comes of each wish, and the look-ups that it takes. */
function told(caller: Caller, wishes: readonly Wish[]) {
  return wishes.map(([mutation, input]) => {
    const lookUps: string[] = [];
    const world = tracedWorld(acme.world, (lookUp) => lookUps.push(lookUp));
    return { mutation, judged: acme.judged(caller, mutation, input, world), lookUps };
  });
}

describe.each(Object.entries(callers))('to %s', (_name, caller) => {
  test.each(Object.keys(WISHES) as (keyof Things)[])('the same by its %s', (field) => {
    const unknown = own[field].replace(/_.*$/u, `_${'0'.repeat(25)}z`);
    // Members see each other, but not who is one no more.
    for (const id of field === 'userId' ? [gone.userId] : [far[field], gone[field]]) {
      expect(told(caller, WISHES[field](id, own))).toEqual(
        told(caller, WISHES[field](unknown, own)),
      );
    }
    for (const { judged } of told(caller, WISHES[field](unknown, own))) {
      expect(judged).toMatchObject({ kind: 'REFUSED', refusal: { code: 'NOT_FOUND' } });
    }
  });
});
