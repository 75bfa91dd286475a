import { changes, type Decided } from '../decided';
import type { Versioned } from '../entity';
import type { DomainEvent } from '../event';
import { checkEmailAddress, checkName, firstRefusal } from '../fields';
import type { UserId } from '../id';
import { checkVersion, refuse, type Refusal } from '../refusal';
import {
  MemberAdded,
  MemberRemoved,
  MemberRoleChanged,
  MemberUpdated,
  type MemberKind,
  type MemberRole,
} from './events';
import type { Member } from './state';

export interface NewMember {
  readonly name: string;
  readonly email: string | null;
  readonly role: MemberRole;
  readonly kind: MemberKind;
}

export function addMember(userId: UserId, wish: NewMember): Decided {
  const { name, email, role, kind } = wish;
  const refusal = firstRefusal(checkName(name), checkEmailAddress(email));
  if (refusal !== undefined) return refusal;
  return [MemberAdded.make({ userId, role, kind }, { name, email })];
}

export interface MemberWish {
  readonly name?: string;
  readonly email?: string | null;
  readonly role?: MemberRole;
  readonly expectedVersion?: number;
}

/**
 * An AUDITOR can hold nothing: whoever becomes one loses every team, maintainer role and grant,
 * which the caller must see to in the same command.
 */
export function updateMember(
  member: Versioned<'member'>,
  wish: MemberWish,
  otherAdmins: boolean,
): Decided {
  const { name, email, role = member.role } = wish;
  const refusal = firstRefusal(
    checkVersion(member.version, wish.expectedVersion),
    checkName(name),
    checkEmailAddress(email),
    role === 'ADMIN' ? undefined : checkNotLastAdmin(member, otherAdmins, 'role'),
  );
  if (refusal !== undefined) return refusal;
  const events: DomainEvent[] = [];
  const personal = changes(member, { name, email });
  if (personal) events.push(MemberUpdated.make({ userId: member.id }, personal));
  if (role !== member.role) events.push(MemberRoleChanged.make({ userId: member.id, role }));
  return events;
}

/** Everything that names the member ends with it, which the caller must see to. */
export function removeMember(member: Member, otherAdmins: boolean): Decided {
  return (
    checkNotLastAdmin(member, otherAdmins, 'userId') ?? [MemberRemoved.make({ userId: member.id })]
  );
}

/** Refuses to give anything to an AUDITOR, who reads everything and can hold nothing. */
export function checkCanHold(member: Member, field = 'userId'): Refusal | undefined {
  if (member.role !== 'AUDITOR') return undefined;
  return refuse('NOT_ELIGIBLE', field, 'An AUDITOR can hold no team, maintainer role or grant.');
}

function checkNotLastAdmin(
  member: Member,
  otherAdmins: boolean,
  field: string,
): Refusal | undefined {
  if (member.role !== 'ADMIN' || otherAdmins) return undefined;
  return refuse('LAST_ADMIN', field, 'This is the last ADMIN. Make another member ADMIN first.');
}
