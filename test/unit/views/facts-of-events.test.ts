import {
  AgentDisconnected,
  AgentRegistered,
  RefusalsCounted,
} from '../../../src/domain/agent/events';
import {
  AgentKeyProven,
  AgentKeyRegistered,
  AgentKeyRevoked,
} from '../../../src/domain/agent-key/events';
import { ApiTokenCreated, ApiTokenRevoked } from '../../../src/domain/api-token/events';
import { EVENT_TYPES } from '../../../src/domain/catalogue';
import {
  ClusterCreated,
  ClusterDeleted,
  ClusterGranted,
  ClusterGrantRevoked,
  ClusterMaintainerAdded,
  ClusterMaintainerRemoved,
  ClusterUpdated,
} from '../../../src/domain/cluster/events';
import type { DomainEvent } from '../../../src/domain/event';
import type { AgentKeyId } from '../../../src/domain/id';
import {
  MemberAdded,
  MemberRemoved,
  MemberRoleChanged,
  MemberUpdated,
} from '../../../src/domain/member/events';
import {
  OrganizationCreated,
  OrganizationPipelineCreationSet,
  OrganizationUpdated,
  RulesAdopted,
} from '../../../src/domain/organization/events';
import {
  PipelineArchived,
  PipelineCreated,
  PipelineGranted,
  PipelineGrantRevoked,
  PipelineMoved,
  PipelineUnarchived,
  PipelineUpdated,
} from '../../../src/domain/pipeline/events';
import {
  QueueCreated,
  QueueDeleted,
  QueueModeChanged,
  QueuePaused,
  QueuePipelineGranted,
  QueuePipelineGrantRevoked,
  QueueResumed,
  QueueUpdated,
} from '../../../src/domain/queue/events';
import {
  TeamCreated,
  TeamDeleted,
  TeamMemberAdded,
  TeamMemberRemoved,
  TeamMemberUpdated,
  TeamPipelineCreationSet,
  TeamUpdated,
} from '../../../src/domain/team/events';
import { changeBy, id, ORGANIZATION as organizationId } from '../../support/views/given';

const userId = id('usr', 1);
const teamId = id('tea', 1);
const clusterId = id('clu', 1);
const elsewhere = id('clu', 2);
const queueId = id('que', 1);
const pipelineId = id('pip', 1);
const grantId = id('gra', 1);
const tokenId = id('tok', 1);
const keyId: AgentKeyId = `key_${'k'.repeat(43)}`;
const agentId = id('agt', 1);
const expiresAt = 5000;

const membership = { teamMemberId: id('tmb', 1), teamId, userId };
const maintainer = { maintainerId: id('mai', 1), clusterId, holderId: teamId };
const clusterGrant = { grantId, clusterId, holderId: userId };
const queueGrant = { grantId, queueId, pipelineId };
const pipelineGrant = { grantId, pipelineId, holderId: teamId };
const token = { tokenId, userId };

const organizationCreated = OrganizationCreated.make(
  { organizationId, slug: 'acme', membersCanCreatePipelines: false },
  { name: 'Acme' },
);
const memberAdded = MemberAdded.make(
  { userId, role: 'MEMBER', kind: 'SERVICE' },
  { name: 'Robot', email: null },
);
const teamCreated = TeamCreated.make(
  { teamId, slug: 'web', membersCanCreatePipelines: false },
  { name: 'Web' },
);
const clusterCreated = ClusterCreated.make(
  { clusterId, slug: 'build', emoji: null, color: null },
  { name: 'Build' },
);
const queueCreated = QueueCreated.make({ queueId, clusterId, key: 'default', mode: 'OPEN' });
const pipelineCreated = PipelineCreated.make(
  { pipelineId, slug: 'site', clusterId },
  { name: 'Site', repository: null },
);
const keyRegistered = AgentKeyRegistered.make(
  {
    ...{ keyId, clusterId, algorithm: 'EdDSA', queueIds: [queueId], tags: ['os=linux'] },
    publicKey: { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) },
    ...{ addressRanges: [], provableUntil: 3000, expiresAt },
  },
  { name: 'Key' },
);
const tokenCreated = ApiTokenCreated.make({
  ...token,
  ...{ tokenHash: 'a'.repeat(64), scopes: ['read'], addressRanges: [], expiresAt: null },
});
const agentRegistered = AgentRegistered.make({
  ...{ agentId, keyId, clusterId, queueId, tags: [], instance: 'i'.repeat(22) },
});

interface Case {
  readonly given?: readonly DomainEvent[];
  readonly when: DomainEvent;
  readonly closes?: readonly object[];
  readonly opens?: readonly object[];
}

/** A fact as the tests write it: what is not said is null. */
function fact(relation: string, subject: string, object: string, rest: object = {}): object {
  return {
    ...{ relation, subject, object, source: subject, level: null, detail: null, expiresAt: null },
    ...rest,
  };
}

const service = { memberKind: 'SERVICE' };
const memberFact = (level: string) =>
  fact('member', userId, organizationId, { level, detail: service });
const creation = (subject: string) => fact('pipelineCreation', subject, organizationId);
const teamFact = fact('team', teamId, organizationId);
const membershipFact = (rest: object) =>
  fact('teamMember', userId, teamId, { source: membership.teamMemberId, ...rest });
const maintainerFact = fact('clusterMaintainer', teamId, clusterId, {
  source: maintainer.maintainerId,
  expiresAt,
});
const clusterFact = fact('cluster', clusterId, organizationId);
const useFact = fact('clusterGrant', userId, clusterId, { source: grantId, level: 'USE' });
const queueFact = (level: string) => fact('queueCluster', queueId, clusterId, { level });
const runFact = fact('queueGrant', pipelineId, queueId, {
  source: grantId,
  detail: { branches: ['main'] },
  expiresAt,
});
const pipelineFact = fact('pipeline', pipelineId, organizationId);
const placeFact = (cluster: string) => fact('pipelineCluster', pipelineId, cluster);
const archivedFact = fact('pipelineArchived', pipelineId, organizationId);
const buildFact = fact('pipelineGrant', teamId, pipelineId, { source: grantId, level: 'BUILD' });
const keyFact = (level: string, until: number) =>
  fact('keyCluster', keyId, clusterId, {
    level,
    detail: { queueIds: [queueId], tags: ['os=linux'] },
    expiresAt: until,
  });
const keyQueueFact = (until: number) => fact('keyQueue', keyId, queueId, { expiresAt: until });
const tokenFact = fact('apiToken', tokenId, userId, { detail: { scopes: ['read'] } });

const pipelineArchived = PipelineArchived.make({ pipelineId });
const keyProven = AgentKeyProven.make({ keyId, clusterId });

const CASES: Readonly<Record<string, Case | readonly Case[]>> = {
  OrganizationCreated: [
    { when: organizationCreated },
    {
      when: OrganizationCreated.make({
        ...{ organizationId, slug: 'acme', membersCanCreatePipelines: true },
      }),
      opens: [creation(organizationId)],
    },
  ],
  OrganizationUpdated: {
    given: [organizationCreated],
    when: OrganizationUpdated.make({ organizationId, slug: 'other' }, { name: 'Other' }),
  },
  OrganizationPipelineCreationSet: [
    {
      given: [organizationCreated],
      when: OrganizationPipelineCreationSet.make({
        organizationId,
        membersCanCreatePipelines: true,
      }),
      opens: [creation(organizationId)],
    },
    {
      given: [
        organizationCreated,
        OrganizationPipelineCreationSet.make({ organizationId, membersCanCreatePipelines: true }),
      ],
      when: OrganizationPipelineCreationSet.make({
        organizationId,
        membersCanCreatePipelines: false,
      }),
      closes: [creation(organizationId)],
    },
  ],
  RulesAdopted: {
    given: [organizationCreated],
    when: RulesAdopted.make({ organizationId, rulesVersion: 2 }),
  },
  MemberAdded: { when: memberAdded, opens: [memberFact('MEMBER')] },
  MemberUpdated: {
    given: [memberAdded],
    when: MemberUpdated.make({ userId }, { name: 'Other', email: 'robot@example.com' }),
  },
  MemberRoleChanged: [
    {
      given: [memberAdded],
      when: MemberRoleChanged.make({ userId, role: 'ADMIN' }),
      closes: [memberFact('MEMBER')],
      opens: [memberFact('ADMIN')],
    },
    { given: [memberAdded], when: MemberRoleChanged.make({ userId, role: 'MEMBER' }) },
  ],
  MemberRemoved: {
    given: [memberAdded],
    when: MemberRemoved.make({ userId }),
    closes: [memberFact('MEMBER')],
  },
  TeamCreated: { when: teamCreated, opens: [teamFact] },
  TeamUpdated: {
    given: [teamCreated],
    when: TeamUpdated.make({ teamId, slug: 'other' }, { name: 'Other' }),
  },
  TeamPipelineCreationSet: {
    given: [teamCreated],
    when: TeamPipelineCreationSet.make({ teamId, membersCanCreatePipelines: true }),
    opens: [creation(teamId)],
  },
  TeamDeleted: {
    given: [teamCreated, TeamPipelineCreationSet.make({ teamId, membersCanCreatePipelines: true })],
    when: TeamDeleted.make({ teamId }),
    closes: [teamFact, creation(teamId)],
  },
  TeamMemberAdded: {
    when: TeamMemberAdded.make({ ...membership, role: 'MEMBER', expiresAt }),
    opens: [membershipFact({ level: 'MEMBER', expiresAt })],
  },
  TeamMemberUpdated: {
    given: [TeamMemberAdded.make({ ...membership, role: 'MEMBER', expiresAt })],
    when: TeamMemberUpdated.make({ ...membership, role: 'MEMBER', expiresAt: null }),
    closes: [membershipFact({ level: 'MEMBER', expiresAt })],
    opens: [membershipFact({ level: 'MEMBER' })],
  },
  TeamMemberRemoved: {
    given: [TeamMemberAdded.make({ ...membership, role: 'MAINTAINER', expiresAt: null })],
    when: TeamMemberRemoved.make(membership),
    closes: [membershipFact({ level: 'MAINTAINER' })],
  },
  ClusterCreated: { when: clusterCreated, opens: [clusterFact] },
  ClusterUpdated: {
    given: [clusterCreated],
    when: ClusterUpdated.make({ clusterId, slug: 'other', defaultQueueId: queueId }),
  },
  ClusterDeleted: {
    given: [clusterCreated],
    when: ClusterDeleted.make({ clusterId }),
    closes: [clusterFact],
  },
  ClusterMaintainerAdded: {
    when: ClusterMaintainerAdded.make({ ...maintainer, expiresAt }),
    opens: [maintainerFact],
  },
  ClusterMaintainerRemoved: {
    given: [ClusterMaintainerAdded.make({ ...maintainer, expiresAt })],
    when: ClusterMaintainerRemoved.make(maintainer),
    closes: [maintainerFact],
  },
  ClusterGranted: {
    when: ClusterGranted.make({ ...clusterGrant, level: 'USE', expiresAt: null }),
    opens: [useFact],
  },
  ClusterGrantRevoked: {
    given: [ClusterGranted.make({ ...clusterGrant, level: 'USE', expiresAt: null })],
    when: ClusterGrantRevoked.make(clusterGrant),
    closes: [useFact],
  },
  QueueCreated: { when: queueCreated, opens: [queueFact('OPEN')] },
  QueueUpdated: {
    given: [queueCreated],
    when: QueueUpdated.make({ queueId, clusterId, key: 'other' }, { description: 'Other' }),
  },
  QueueModeChanged: {
    given: [queueCreated],
    when: QueueModeChanged.make({ queueId, clusterId, mode: 'RESTRICTED' }),
    closes: [queueFact('OPEN')],
    opens: [queueFact('RESTRICTED')],
  },
  QueuePaused: {
    given: [queueCreated],
    when: QueuePaused.make({ queueId, clusterId }, { note: 'Fire' }),
  },
  QueueResumed: {
    given: [queueCreated, QueuePaused.make({ queueId, clusterId })],
    when: QueueResumed.make({ queueId, clusterId }),
  },
  QueueDeleted: {
    given: [queueCreated],
    when: QueueDeleted.make({ queueId, clusterId }),
    closes: [queueFact('OPEN')],
  },
  QueuePipelineGranted: {
    when: QueuePipelineGranted.make({ ...queueGrant, branches: ['main'], expiresAt }),
    opens: [runFact],
  },
  QueuePipelineGrantRevoked: {
    given: [QueuePipelineGranted.make({ ...queueGrant, branches: ['main'], expiresAt })],
    when: QueuePipelineGrantRevoked.make(queueGrant),
    closes: [runFact],
  },
  PipelineCreated: [
    { when: pipelineCreated, opens: [pipelineFact, placeFact(clusterId)] },
    {
      when: PipelineCreated.make(
        { pipelineId, slug: 'site', clusterId: null },
        { name: 'Site', repository: null },
      ),
      opens: [pipelineFact],
    },
  ],
  PipelineUpdated: {
    given: [pipelineCreated],
    when: PipelineUpdated.make({ pipelineId, slug: 'other' }, { name: 'Other' }),
  },
  PipelineMoved: [
    {
      given: [pipelineCreated],
      when: PipelineMoved.make({ pipelineId, fromClusterId: clusterId, clusterId: elsewhere }),
      closes: [placeFact(clusterId)],
      opens: [placeFact(elsewhere)],
    },
    {
      given: [pipelineCreated],
      when: PipelineMoved.make({ pipelineId, fromClusterId: clusterId, clusterId: null }),
      closes: [placeFact(clusterId)],
    },
  ],
  PipelineArchived: { given: [pipelineCreated], when: pipelineArchived, opens: [archivedFact] },
  PipelineUnarchived: {
    given: [pipelineCreated, pipelineArchived],
    when: PipelineUnarchived.make({ pipelineId }),
    closes: [archivedFact],
  },
  PipelineGranted: {
    when: PipelineGranted.make({ ...pipelineGrant, level: 'BUILD', expiresAt: null }),
    opens: [buildFact],
  },
  PipelineGrantRevoked: {
    given: [PipelineGranted.make({ ...pipelineGrant, level: 'BUILD', expiresAt: null })],
    when: PipelineGrantRevoked.make(pipelineGrant),
    closes: [buildFact],
  },
  AgentKeyRegistered: {
    when: keyRegistered,
    opens: [keyFact('PENDING', 3000), keyQueueFact(3000)],
  },
  AgentKeyProven: {
    given: [keyRegistered],
    when: keyProven,
    closes: [keyFact('PENDING', 3000), keyQueueFact(3000)],
    opens: [keyFact('ACTIVE', expiresAt), keyQueueFact(expiresAt)],
  },
  AgentKeyRevoked: {
    given: [keyRegistered, keyProven],
    when: AgentKeyRevoked.make({ keyId, clusterId }),
    closes: [keyFact('ACTIVE', expiresAt), keyQueueFact(expiresAt)],
  },
  AgentRegistered: { when: agentRegistered },
  AgentDisconnected: {
    given: [agentRegistered],
    when: AgentDisconnected.make({ agentId, keyId, reason: 'DISCONNECTED' }),
  },
  RefusalsCounted: {
    when: RefusalsCounted.make({
      ...{ organizationId, caller: userId, operation: 'teamCreate', code: 'FORBIDDEN' },
      ...{ count: 3, since: 1 },
    }),
  },
  ApiTokenCreated: { when: tokenCreated, opens: [tokenFact] },
  ApiTokenRevoked: {
    given: [tokenCreated],
    when: ApiTokenRevoked.make(token),
    closes: [tokenFact],
  },
};

const NAMED = Object.entries(CASES).flatMap(([type, cases]) =>
  (Array.isArray(cases) ? (cases as readonly Case[]) : [cases as Case]).map(
    (one, index) => [`${type}, case ${index + 1}`, one] as const,
  ),
);

describe('the facts that an event opens and closes', () => {
  test.each(NAMED)('%s', (_name, { given = [], when, closes = [], opens = [] }) => {
    const change = changeBy(when, ...given);
    expect({ closes: change?.closes ?? [], opens: change?.opens ?? [] }).toEqual({ closes, opens });
  });

  test('every event type has a case', () => {
    expect(Object.keys(CASES).sort()).toEqual([...EVENT_TYPES.keys()].sort());
  });

  test('a key for all OPEN queues states no queue of its own', () => {
    const data = { ...keyRegistered.data, queueIds: null };
    const change = changeBy({ ...keyRegistered, data });
    expect(change?.opens.map(({ relation }) => relation)).toEqual(['keyCluster']);
  });

  test('a key that nobody proved in time and that never expires holds once it is proven', () => {
    const data = { ...keyRegistered.data, expiresAt: null };
    expect(changeBy(keyProven, { ...keyRegistered, data })?.opens[0]).toMatchObject({
      expiresAt: null,
    });
  });
});
