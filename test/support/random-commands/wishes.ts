import type { CommandName, Inputs } from '../../../src/commands/inputs';
import type { Caller } from '../../../src/commands/protocol';
import type { EntityKind } from '../../../src/domain/entity-kind';
import type { Known } from './known';
import type { Draw } from './draw';
import { publicKeyOf } from './public-keys';

/** Where a wish takes its input from. */
export interface Drawing {
  readonly known: Known;
  readonly draw: Draw;
  /** The instant that commands are run at, milliseconds. */
  readonly now: number;
  /** Who sends the command. */
  readonly caller: Caller;
}

/** Thrown when there is nothing yet that a wish could be about. */
export class NothingToDraw extends Error {
  override readonly name = 'NothingToDraw';
}

const MINUTE_MS = 60_000;
const NAMES = 40;

const one = ({ known, draw }: Drawing, kind: EntityKind): string => {
  const id = known.one(kind, draw);
  if (id === undefined) throw new NothingToDraw(kind);
  return id;
};

/** One that was made in the same cluster: others are refused nearly always. */
const beside = ({ known, draw }: Drawing, id: string, kind: EntityKind): string => {
  const other = draw.once(4) ? known.one(kind, draw) : known.oneBeside(id, kind, draw);
  if (other === undefined) throw new NothingToDraw(kind);
  return other;
};

const holder = (drawing: Drawing): { teamId: string } | { userId: string } =>
  drawing.draw.once(2) ? { teamId: one(drawing, 'team') } : { userId: one(drawing, 'member') };

const expiry = ({ draw, now }: Drawing): { expiresAt: number | null } => ({
  expiresAt: draw.once(2) ? null : now + (1 + draw.below(5)) * MINUTE_MS,
});

const version = ({ draw }: Drawing): { expectedVersion?: number } =>
  draw.once(4) ? { expectedVersion: 1 + draw.below(3) } : {};

const name = ({ draw }: Drawing, of: string): string => `${of} ${draw.below(NAMES)}`;
const slug = ({ draw }: Drawing, of: string): string => `${of}-${draw.below(NAMES)}`;
const maybe = <T extends object>({ draw }: Drawing, members: T): T | Record<never, never> =>
  draw.once(2) ? members : {};

/** Draws the input of each mutation. What is drawn may be refused, and often should be. */
export const WISHES: {
  readonly [N in Exclude<CommandName, 'organizationCreate'>]: (drawing: Drawing) => Inputs[N];
} = {
  organizationUpdate: (s) => ({
    organizationId: s.known.organizationId,
    ...maybe(s, { slug: slug(s, 'organization') }),
    membersCanCreatePipelines: s.draw.once(2),
    ...version(s),
  }),
  organizationMemberAdd: (s) => ({
    organizationId: s.known.organizationId,
    ...(s.draw.once(4) ? { userId: one(s, 'member') } : {}),
    name: name(s, 'member'),
    role: s.draw.of(['ADMIN', 'AUDITOR', 'MEMBER', 'MEMBER', 'MEMBER']),
    kind: s.draw.of(['PERSON', 'SERVICE']),
  }),
  organizationMemberUpdate: (s) => ({
    userId: one(s, 'member'),
    ...maybe(s, { name: name(s, 'member') }),
    ...maybe(s, { role: s.draw.of(['ADMIN', 'AUDITOR', 'MEMBER', 'MEMBER'] as const) }),
    ...version(s),
  }),
  organizationMemberRemove: (s) => ({ userId: one(s, 'member') }),
  teamCreate: (s) => ({
    organizationId: s.known.organizationId,
    slug: slug(s, 'team'),
    name: name(s, 'team'),
    membersCanCreatePipelines: s.draw.once(2),
  }),
  teamUpdate: (s) => ({
    teamId: one(s, 'team'),
    ...maybe(s, { slug: slug(s, 'team') }),
    ...maybe(s, { name: name(s, 'team') }),
    ...maybe(s, { membersCanCreatePipelines: s.draw.once(2) }),
    ...version(s),
  }),
  teamDelete: (s) => ({ teamId: one(s, 'team') }),
  teamMemberAdd: (s) => ({
    teamId: one(s, 'team'),
    userId: one(s, 'member'),
    role: s.draw.of(['MAINTAINER', 'MEMBER']),
    ...expiry(s),
  }),
  teamMemberUpdate: (s) => ({
    teamMemberId: one(s, 'teamMember'),
    ...maybe(s, { role: s.draw.of(['MAINTAINER', 'MEMBER'] as const) }),
    ...maybe(s, expiry(s)),
    ...version(s),
  }),
  teamMemberRemove: (s) => ({ teamMemberId: one(s, 'teamMember') }),
  clusterCreate: (s) => ({
    organizationId: s.known.organizationId,
    slug: slug(s, 'cluster'),
    name: name(s, 'cluster'),
    ...maybe(s, { emoji: '🚀', color: '#1a2b3c' }),
  }),
  clusterUpdate: (s) => ({
    clusterId: one(s, 'cluster'),
    ...maybe(s, { slug: slug(s, 'cluster') }),
    ...maybe(s, { name: name(s, 'cluster') }),
    ...maybe(s, { defaultQueueId: s.draw.once(3) ? null : one(s, 'queue') }),
    ...version(s),
  }),
  clusterDelete: (s) => ({ clusterId: one(s, 'cluster') }),
  clusterMaintainerAdd: (s) => ({ clusterId: one(s, 'cluster'), ...holder(s), ...expiry(s) }),
  clusterMaintainerRemove: (s) => ({ maintainerId: one(s, 'clusterMaintainer') }),
  clusterGrant: (s) => ({
    clusterId: one(s, 'cluster'),
    ...holder(s),
    level: s.draw.of(['VIEW', 'USE', 'USE']),
    ...expiry(s),
  }),
  clusterRevoke: (s) => ({ grantId: one(s, 'clusterGrant') }),
  clusterQueueCreate: (s) => ({
    clusterId: one(s, 'cluster'),
    key: slug(s, 'queue'),
    mode: s.draw.of(['OPEN', 'RESTRICTED']),
    makeDefault: s.draw.once(2),
  }),
  clusterQueueUpdate: (s) => ({
    queueId: one(s, 'queue'),
    ...maybe(s, { key: slug(s, 'queue') }),
    ...maybe(s, { mode: s.draw.of(['OPEN', 'RESTRICTED'] as const) }),
    ...maybe(s, { description: name(s, 'queue') }),
    ...version(s),
  }),
  clusterQueueDelete: (s) => ({ queueId: one(s, 'queue') }),
  clusterQueuePause: (s) => ({ queueId: one(s, 'queue'), ...maybe(s, { note: 'for repairs' }) }),
  clusterQueueResume: (s) => ({ queueId: one(s, 'queue') }),
  queuePipelineGrant: (s) => {
    const queueId = one(s, 'queue');
    return {
      queueId,
      pipelineId: beside(s, queueId, 'pipeline'),
      ...maybe(s, { branches: s.draw.of([['main'], ['main', 'release/*']]) }),
      ...expiry(s),
    };
  },
  queuePipelineRevoke: (s) => ({ grantId: one(s, 'queueGrant') }),
  pipelineCreate: (s) => ({
    organizationId: s.known.organizationId,
    clusterId: s.draw.once(5) ? null : one(s, 'cluster'),
    slug: slug(s, 'pipeline'),
    name: name(s, 'pipeline'),
    ...(s.draw.once(3) ? { teamId: one(s, 'team') } : {}),
  }),
  pipelineUpdate: (s) => ({
    pipelineId: one(s, 'pipeline'),
    ...maybe(s, { slug: slug(s, 'pipeline') }),
    ...maybe(s, { name: name(s, 'pipeline') }),
    ...version(s),
  }),
  pipelineMove: (s) => ({
    pipelineId: one(s, 'pipeline'),
    clusterId: s.draw.once(4) ? null : one(s, 'cluster'),
    ...version(s),
  }),
  pipelineArchive: (s) => ({ pipelineId: one(s, 'pipeline') }),
  pipelineUnarchive: (s) => ({ pipelineId: one(s, 'pipeline') }),
  pipelineGrant: (s) => ({
    pipelineId: one(s, 'pipeline'),
    ...holder(s),
    level: s.draw.of(['READ', 'BUILD', 'MANAGE']),
    ...expiry(s),
  }),
  pipelineRevoke: (s) => ({ grantId: one(s, 'pipelineGrant') }),
  agentKeyRegister: (s) => {
    const queueId = one(s, 'queue');
    return {
      clusterId: s.known.clusterOf(queueId) ?? one(s, 'cluster'),
      name: name(s, 'key'),
      publicKey: publicKeyOf(s.draw.below(NAMES)),
      queueIds: s.draw.once(2) ? null : [queueId],
      tags: ['os=linux'],
      ...expiry(s),
    };
  },
  agentKeyRevoke: (s) => ({ keyId: one(s, 'agentKey') }),
  agentRegister: (s) => ({
    queue: s.caller.kind === 'AGENT_KEY' ? beside(s, s.caller.keyId, 'queue') : one(s, 'queue'),
    tags: null,
    instance: `instance-${String(s.draw.below(NAMES)).padStart(22, '0')}`,
    jti: `jti-${s.draw.below(1000)}`,
    rememberUntil: s.now + MINUTE_MS,
  }),
  agentDisconnect: () => ({}),
  apiTokenCreate: (s) => ({
    userId: one(s, 'member'),
    scopes: s.draw.of([['read'], ['read', 'write'], ['read', 'write']]),
    ...expiry(s),
  }),
  apiTokenRevoke: (s) => ({ tokenId: one(s, 'apiToken') }),
};
