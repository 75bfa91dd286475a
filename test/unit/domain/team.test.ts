import { MemberAdded } from '../../../src/domain/member/events';
import { createTeam, deleteTeam, updateTeam } from '../../../src/domain/team/decide';
import {
  addTeamMember,
  endTeamMember,
  updateTeamMember,
} from '../../../src/domain/team/decide-member';
import {
  TeamCreated,
  TeamDeleted,
  TeamMemberAdded,
  TeamMemberRemoved,
  TeamMemberUpdated,
  TeamPipelineCreationSet,
  TeamUpdated,
} from '../../../src/domain/team/events';
import { given, GIVEN_AT } from '../../support/given-when-then';
import { sampleId } from '../../support/sample-ids';

const teamId = sampleId('tea');
const userId = sampleId('usr');
const teamMemberId = sampleId('tmb');
const soon = GIVEN_AT + 1000;
const team = TeamCreated.make(
  { teamId, slug: 'ops', membersCanCreatePipelines: false },
  { name: 'Ops' },
);
const member = MemberAdded.make(
  { userId, role: 'MEMBER', kind: 'PERSON' },
  { name: 'A', email: null },
);
const joined = TeamMemberAdded.make({
  teamMemberId,
  teamId,
  userId,
  role: 'MEMBER',
  expiresAt: soon,
});

describe('teams', () => {
  test('a new team creates no pipelines unless told', () => {
    given()
      .when(() => createTeam(teamId, { slug: 'ops', name: 'Ops', description: '' }, undefined))
      .then([team]);
  });

  test('a slug that another team has or had is taken; its own old one is free', () => {
    given()
      .when(() => createTeam(teamId, { slug: 'ops', name: 'Ops' }, sampleId('tea', 2)))
      .thenRefused('TAKEN', 'slug');
    given(team)
      .when((state) => updateTeam(state('team', teamId), { slug: 'dev' }, sampleId('tea', 2)))
      .thenRefused('TAKEN', 'slug');
    given(team)
      .when((state) => updateTeam(state('team', teamId), { slug: 'dev' }, teamId))
      .then([TeamUpdated.make({ teamId, slug: 'dev' })]);
  });

  test('an empty description clears; the setting is an event of its own', () => {
    const described = TeamUpdated.make({ teamId }, { description: 'Runs it' });
    const wish = { description: '', membersCanCreatePipelines: true };
    given(team, described)
      .when((state) => updateTeam(state('team', teamId), wish, undefined))
      .then([
        TeamUpdated.make({ teamId }, { description: '' }),
        TeamPipelineCreationSet.make({ teamId, membersCanCreatePipelines: true }),
      ]);
  });

  test.each([
    [{ slug: 'OPS' }, 'slug'],
    [{ name: ' Ops' }, 'name'],
    [{ description: 'a\u0000b' }, 'description'],
  ])('%j is refused for its %s', (wish, field) => {
    given(team)
      .when((state) => updateTeam(state('team', teamId), wish, undefined))
      .thenRefused('INVALID', field);
  });

  test('a deletion is an event', () => {
    given(team)
      .when((state) => [deleteTeam(state('team', teamId))])
      .then([TeamDeleted.make({ teamId })]);
  });
});

describe('memberships', () => {
  test('a member joins until an instant', () => {
    const wish = { role: 'MEMBER', expiresAt: soon } as const;
    given(team, member)
      .when((state) =>
        addTeamMember(teamMemberId, state('team', teamId), state('member', userId), wish, GIVEN_AT),
      )
      .then([joined]);
  });

  test('not until an instant that is past, nor as an AUDITOR', () => {
    const wish = { role: 'MEMBER', expiresAt: soon } as const;
    given(team, member)
      .when((state) =>
        addTeamMember(teamMemberId, state('team', teamId), state('member', userId), wish, soon),
      )
      .thenRefused('EXPIRY_IN_PAST', 'expiresAt');
    const auditor = MemberAdded.make(
      { userId, role: 'AUDITOR', kind: 'PERSON' },
      { name: 'A', email: null },
    );
    given(team, auditor)
      .when((state) =>
        addTeamMember(teamMemberId, state('team', teamId), state('member', userId), wish, GIVEN_AT),
      )
      .thenRefused('NOT_ELIGIBLE', 'userId');
  });

  test('null takes the expiry away; the role stays', () => {
    given(joined)
      .when((state) =>
        updateTeamMember(state('teamMember', teamMemberId), { expiresAt: null }, GIVEN_AT),
      )
      .then([
        TeamMemberUpdated.make({ teamMemberId, teamId, userId, role: 'MEMBER', expiresAt: null }),
      ]);
  });

  test('an expired membership does not revive', () => {
    given(joined)
      .when((state) =>
        updateTeamMember(state('teamMember', teamMemberId), { expiresAt: soon + 1 }, soon),
      )
      .thenRefused('INVALID', 'teamMemberId');
  });

  test('what is so already is no event', () => {
    const wish = { role: 'MEMBER', expiresAt: soon, expectedVersion: 1 } as const;
    given(joined)
      .when((state) => updateTeamMember(state('teamMember', teamMemberId), wish, GIVEN_AT))
      .then([]);
  });

  test('an ending names team and member', () => {
    given(joined)
      .when((state) => [endTeamMember(state('teamMember', teamMemberId))])
      .then([TeamMemberRemoved.make({ teamMemberId, teamId, userId })]);
  });
});
