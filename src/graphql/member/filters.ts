import { ValidateNested } from 'class-validator';
import { ArgsType, Field, InputType } from 'type-graphql';
import type { MemberKind, MemberRole } from '../../domain/member/events';
import type { Member } from '../../domain/member/state';
import { ListArgs } from '../paging/args';
import { MemberKindEnum, MemberRoleEnum } from './types';

@InputType({ description: 'Which members to list. Each given field narrows the list.' })
export class MemberFilter {
  @Field(() => MemberRoleEnum, { nullable: true, description: 'Members of this role.' })
  role?: MemberRole | null;

  @Field(() => MemberKindEnum, { nullable: true, description: 'Persons only, or services only.' })
  kind?: MemberKind | null;
}

@ArgsType()
export class MemberListArgs extends ListArgs {
  @Field(() => MemberFilter, { nullable: true, description: 'Narrows the list.' })
  @ValidateNested()
  filter?: MemberFilter | null;
}

/** True if the member passes the filter. */
export function passesMemberFilter(member: Member, filter: MemberFilter | null = null): boolean {
  return (
    (filter?.role == null || member.role === filter.role) &&
    (filter?.kind == null || member.kind === filter.kind)
  );
}
