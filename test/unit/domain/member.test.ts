import {
  addMember,
  checkCanHold,
  removeMember,
  updateMember,
} from '../../../src/domain/member/decide';
import {
  MemberAdded,
  MemberRemoved,
  MemberRoleChanged,
  MemberUpdated,
  type MemberRole,
} from '../../../src/domain/member/events';
import { given } from '../../support/given-when-then';
import { sampleId } from '../../support/sample-ids';

const userId = sampleId('usr');
const added = (role: MemberRole) =>
  MemberAdded.make({ userId, role, kind: 'PERSON' }, { name: 'Ada', email: 'ada@acme.example' });

test('a person or a service is added with a role', () => {
  given()
    .when(() => addMember(userId, { name: 'Bot', email: null, role: 'MEMBER', kind: 'SERVICE' }))
    .then([
      MemberAdded.make({ userId, role: 'MEMBER', kind: 'SERVICE' }, { name: 'Bot', email: null }),
    ]);
});

test.each([
  [{ name: '\u202eAda', email: null }, 'name'],
  [{ name: 'Ada', email: 'ada' }, 'email'],
])('%j is refused for its %s', (wish, field) => {
  given()
    .when(() => addMember(userId, { ...wish, role: 'MEMBER', kind: 'PERSON' }))
    .thenRefused('INVALID', field);
});

test('null clears the address, what is left out stays', () => {
  given(added('MEMBER'))
    .when((state) => updateMember(state('member', userId), { email: null }, true))
    .then([MemberUpdated.make({ userId }, { email: null })]);
});

test('a name and a role are two events', () => {
  given(added('MEMBER'))
    .when((state) => updateMember(state('member', userId), { name: 'Eve', role: 'ADMIN' }, false))
    .then([
      MemberUpdated.make({ userId }, { name: 'Eve' }),
      MemberRoleChanged.make({ userId, role: 'ADMIN' }),
    ]);
});

test('the last ADMIN keeps the role and stays', () => {
  given(added('ADMIN'))
    .when((state) => updateMember(state('member', userId), { role: 'MEMBER' }, false))
    .thenRefused('LAST_ADMIN', 'role');
  given(added('ADMIN'))
    .when((state) => updateMember(state('member', userId), { role: 'AUDITOR' }, false))
    .thenRefused('LAST_ADMIN', 'role');
  given(added('ADMIN'))
    .when((state) => removeMember(state('member', userId), false))
    .thenRefused('LAST_ADMIN', 'userId');
});

test('the last ADMIN may still be renamed', () => {
  given(added('ADMIN'))
    .when((state) => updateMember(state('member', userId), { name: 'Eve' }, false))
    .then([MemberUpdated.make({ userId }, { name: 'Eve' })]);
});

test('an ADMIN beside another may go', () => {
  given(added('ADMIN'))
    .when((state) => updateMember(state('member', userId), { role: 'MEMBER' }, true))
    .then([MemberRoleChanged.make({ userId, role: 'MEMBER' })]);
  given(added('ADMIN'))
    .when((state) => removeMember(state('member', userId), true))
    .then([MemberRemoved.make({ userId })]);
});

test('an AUDITOR can hold nothing', () => {
  given(added('AUDITOR'))
    .when((state) => checkCanHold(state('member', userId)) ?? [])
    .thenRefused('NOT_ELIGIBLE', 'userId');
  given(added('MEMBER'))
    .when((state) => checkCanHold(state('member', userId)) ?? [])
    .then([]);
});

test('a stale version is refused', () => {
  given(added('MEMBER'))
    .when((state) => updateMember(state('member', userId), { expectedVersion: 2 }, true))
    .thenRefused('CONFLICT', 'expectedVersion');
});
