import { AgentKeyProven, AgentKeyRegistered } from '../../../src/domain/agent-key/events';
import { AgentRegistered } from '../../../src/domain/agent/events';
import { ApiTokenCreated } from '../../../src/domain/api-token/events';
import { ClusterCreated, ClusterGranted } from '../../../src/domain/cluster/events';
import type { DomainEvent } from '../../../src/domain/event';
import type { AgentKeyId } from '../../../src/domain/id';
import { MemberAdded } from '../../../src/domain/member/events';
import { OrganizationCreated } from '../../../src/domain/organization/events';
import { PipelineCreated, PipelineGranted } from '../../../src/domain/pipeline/events';
import { QueueCreated, QueuePipelineGranted } from '../../../src/domain/queue/events';
import { TeamCreated, TeamMemberAdded } from '../../../src/domain/team/events';
import type { TestOrganization, ViewsFiles } from './views-files';

export const KEY_ID: AgentKeyId = `key_${'k'.repeat(43)}`;

/** One of each kind of entity, and the events that make them, in the order of this list. */
export function smallWorld(files: ViewsFiles, organization: TestOrganization) {
  const [userId, teamId, clusterId] = [files.newId('usr'), files.newId('tea'), files.newId('clu')];
  const [queueId, pipelineId] = [files.newId('que'), files.newId('pip')];
  const ids = {
    ...{ organizationId: organization.id, userId, teamId, clusterId, queueId, pipelineId },
    ...{ teamMemberId: files.newId('tmb'), clusterGrantId: files.newId('gra') },
    ...{ pipelineGrantId: files.newId('gra'), queueGrantId: files.newId('gra') },
    ...{ tokenId: files.newId('tok'), agentId: files.newId('agt'), keyId: KEY_ID },
  };
  const slug = organization.id.slice(4);
  const never = { expiresAt: null };
  const events: readonly DomainEvent[] = [
    OrganizationCreated.make(
      { organizationId: ids.organizationId, slug, membersCanCreatePipelines: false },
      { name: 'Acme' },
    ),
    MemberAdded.make({ userId, role: 'ADMIN', kind: 'PERSON' }, { name: 'Ada', email: null }),
    TeamCreated.make({ teamId, slug: 'web', membersCanCreatePipelines: false }, { name: 'Web' }),
    ClusterCreated.make({ clusterId, slug: 'build', emoji: null, color: null }, { name: 'Build' }),
    QueueCreated.make({ queueId, clusterId, key: 'default', mode: 'RESTRICTED' }),
    PipelineCreated.make(
      { pipelineId, slug: 'site', clusterId },
      { name: 'Site', repository: null },
    ),
    TeamMemberAdded.make({
      ...{ teamMemberId: ids.teamMemberId, teamId, userId, role: 'MEMBER' },
      ...never,
    }),
    ClusterGranted.make({
      ...{ grantId: ids.clusterGrantId, clusterId, holderId: teamId, level: 'USE' },
      ...never,
    }),
    PipelineGranted.make({
      ...{ grantId: ids.pipelineGrantId, pipelineId, holderId: userId, level: 'BUILD' },
      ...never,
    }),
    QueuePipelineGranted.make({
      ...{ grantId: ids.queueGrantId, queueId, pipelineId, branches: ['main'] },
      ...never,
    }),
    ApiTokenCreated.make({
      ...{ tokenId: ids.tokenId, userId, tokenHash: hashOf(ids.tokenId), scopes: ['read'] },
      ...{ addressRanges: ['10.0.0.0/8'], expiresAt: 5 },
    }),
    AgentKeyRegistered.make(
      {
        ...{ keyId: KEY_ID, clusterId, algorithm: 'EdDSA', queueIds: [queueId], tags: [] },
        publicKey: { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) },
        ...{ addressRanges: [], provableUntil: files.now + 1000, expiresAt: null },
      },
      { name: 'Builder' },
    ),
    AgentKeyProven.make({ keyId: KEY_ID, clusterId }),
    AgentRegistered.make({
      ...{ agentId: ids.agentId, keyId: KEY_ID, clusterId, queueId, tags: [] },
      instance: 'i'.repeat(22),
    }),
  ];
  return { ids, events };
}

/** A hash such as tokens have, different for each token. */
export function hashOf(tokenId: string): string {
  return Buffer.from(tokenId.slice(4)).toString('hex').padEnd(64, '0').slice(0, 64);
}
