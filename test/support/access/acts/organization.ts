import type { TeamId, UserId } from '../../../../src/domain/id';
import { ApiTokenCreated, ApiTokenRevoked } from '../../../../src/domain/api-token/events';
import {
  MemberAdded,
  MemberRemoved,
  MemberRoleChanged,
} from '../../../../src/domain/member/events';
import { OrganizationPipelineCreationSet } from '../../../../src/domain/organization/events';
import {
  TeamCreated,
  TeamDeleted,
  TeamMemberAdded,
  TeamMemberRemoved,
  TeamMemberUpdated,
  TeamPipelineCreationSet,
} from '../../../../src/domain/team/events';
import { ending, of, type Act, type HistoryBuilder, type Step } from '../history-builder';

const ROLES = ['MEMBER', 'MEMBER', 'MEMBER', 'AUDITOR', 'ADMIN'] as const;

function addMember(builder: HistoryBuilder, userId: UserId, { b, c }: Step): void {
  const role = of(ROLES, b) ?? 'MEMBER';
  const kind = c % 2 === 0 ? 'PERSON' : 'SERVICE';
  builder.begin(
    { kind: 'member', id: userId, names: [], ended: MemberRemoved.make({ userId }) },
    MemberAdded.make({ userId, role, kind }, { name: 'somebody', email: null }),
  );
}

export const organizationActs = {
  memberAdd: (builder, step) => addMember(builder, builder.newId('usr'), step),
  memberReturn: (builder, step) => {
    const gone = builder.access
      .filter(({ type }) => type === 'MemberRemoved')
      .map(({ data }) => data['userId'] as UserId)
      .filter((id) => !builder.items('member').some((member) => member.id === id));
    const userId = of(gone, step.a);
    if (userId !== undefined) addMember(builder, userId, step);
  },
  memberRole: (builder, { a, b }) => {
    const member = builder.pick('member', a);
    if (member === undefined) return;
    const role = of(ROLES, b) ?? 'MEMBER';
    builder.record(MemberRoleChanged.make({ userId: member.id as UserId, role }));
  },
  memberRemove: ending('member'),

  pipelineCreation: (builder, { a }) => {
    builder.record(
      OrganizationPipelineCreationSet.make({
        organizationId: builder.organizationId,
        membersCanCreatePipelines: a % 2 === 0,
      }),
    );
  },

  teamCreate: (builder, { a }) => {
    const teamId = builder.newId('tea');
    builder.begin(
      { kind: 'team', id: teamId, names: [], ended: TeamDeleted.make({ teamId }) },
      TeamCreated.make(
        { teamId, slug: 'team', membersCanCreatePipelines: a % 3 === 0 },
        { name: 'team' },
      ),
    );
  },
  teamPipelineCreation: (builder, { a, b }) => {
    const team = builder.pick('team', a);
    if (team === undefined) return;
    const membersCanCreatePipelines = b % 2 === 0;
    builder.record(
      TeamPipelineCreationSet.make({ teamId: team.id as TeamId, membersCanCreatePipelines }),
    );
  },
  teamDelete: ending('team'),
  teamMemberAdd: (builder, { a, b, c }) => {
    const [team, member] = [builder.pick('team', a), builder.pick('member', b)];
    if (team === undefined || member === undefined) return;
    const names = [team.id, member.id];
    if (builder.has('teamMember', names)) return;
    const teamMemberId = builder.newId('tmb');
    const ids = { teamMemberId, teamId: team.id as TeamId, userId: member.id as UserId };
    builder.begin(
      { kind: 'teamMember', id: teamMemberId, names, ended: TeamMemberRemoved.make(ids) },
      TeamMemberAdded.make({ ...ids, role: role(a + c), expiresAt: builder.expiry(c) }),
    );
  },
  teamMemberUpdate: (builder, { a, b, c }) => {
    const membership = builder.pick('teamMember', a);
    if (membership === undefined) return;
    const [teamId, userId] = membership.names as [TeamId, UserId];
    const teamMemberId = membership.id as `tmb_${string}`;
    builder.record(
      TeamMemberUpdated.make({
        ...{ teamMemberId, teamId, userId },
        ...{ role: role(b), expiresAt: builder.expiry(c) },
      }),
    );
  },
  teamMemberRemove: ending('teamMember'),

  tokenCreate: (builder, { a, c }) => {
    const member = builder.pick('member', a);
    if (member === undefined) return;
    const ids = { tokenId: builder.newId('tok'), userId: member.id as UserId };
    builder.begin(
      { kind: 'token', id: ids.tokenId, names: [member.id], ended: ApiTokenRevoked.make(ids) },
      ApiTokenCreated.make({
        ...ids,
        tokenHash: 'a'.repeat(64),
        scopes: ['read'],
        addressRanges: [],
        expiresAt: builder.expiry(c),
      }),
    );
  },
  tokenRevoke: ending('token'),
} satisfies Record<string, Act>;

function role(n: number): 'MAINTAINER' | 'MEMBER' {
  return n % 2 === 0 ? 'MAINTAINER' : 'MEMBER';
}
