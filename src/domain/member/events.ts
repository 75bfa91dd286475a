import { Type } from '@sinclair/typebox';
import { defineEvent, idOf, nullable, oneOf, type EventOf } from '../event';
import { EMAIL_MAX, NAME_MAX } from '../text';

export const MEMBER_ROLES = ['ADMIN', 'AUDITOR', 'MEMBER'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];
export const MEMBER_KINDS = ['PERSON', 'SERVICE'] as const;
export type MemberKind = (typeof MEMBER_KINDS)[number];

const userId = idOf('usr');
const role = oneOf(MEMBER_ROLES);
const name = Type.String({ minLength: 1, maxLength: NAME_MAX });
const email = nullable(Type.String({ maxLength: EMAIL_MAX }));

export const MemberAdded = defineEvent({
  type: 'MemberAdded',
  entity: 'member',
  id: 'userId',
  data: { userId, role, kind: oneOf(MEMBER_KINDS) },
  personal: { name, email },
});

export const MemberUpdated = defineEvent({
  type: 'MemberUpdated',
  entity: 'member',
  id: 'userId',
  data: { userId },
  personal: { name: Type.Optional(name), email: Type.Optional(email) },
});

export const MemberRoleChanged = defineEvent({
  type: 'MemberRoleChanged',
  entity: 'member',
  id: 'userId',
  data: { userId, role },
});

export const MemberRemoved = defineEvent({
  type: 'MemberRemoved',
  entity: 'member',
  id: 'userId',
  ends: true,
  data: { userId },
});

export type MemberEvent =
  | EventOf<typeof MemberAdded>
  | EventOf<typeof MemberUpdated>
  | EventOf<typeof MemberRoleChanged>
  | EventOf<typeof MemberRemoved>;

export const memberEvents = [MemberAdded, MemberUpdated, MemberRoleChanged, MemberRemoved];
