import type { Occurrence } from '../event';
import type { UserId } from '../id';
import type { MemberEvent, MemberKind, MemberRole } from './events';

export interface Member {
  readonly id: UserId;
  readonly role: MemberRole;
  readonly kind: MemberKind;
  readonly name: string;
  readonly email: string | null;
  readonly createdAt: number;
}

/** Folds one event into the member; undefined once removed. */
export function evolveMember(
  before: Member | undefined,
  event: MemberEvent,
  at: Occurrence,
): Member | undefined {
  if (event.type === 'MemberAdded') {
    const { userId, role, kind } = event.data;
    return {
      id: userId,
      role,
      kind,
      name: event.personal?.name ?? userId,
      email: event.personal?.email ?? null,
      createdAt: at.recordedAt,
    };
  }
  if (before === undefined) return undefined;
  switch (event.type) {
    case 'MemberUpdated': {
      const { name, email } = event.personal ?? {};
      return {
        ...before,
        name: name ?? before.name,
        email: email === undefined ? before.email : email,
      };
    }
    case 'MemberRoleChanged':
      return { ...before, role: event.data.role };
    case 'MemberRemoved':
      return undefined;
  }
}
