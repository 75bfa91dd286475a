import { Field, ObjectType } from 'type-graphql';
import type { MemberKind, MemberRole } from '../../domain/member/events';
import { Node } from '../node/node';
import { connectionOf } from '../paging/connection';
import { stringEnum } from '../string-enum';

export const MemberRoleEnum = stringEnum<MemberRole>(
  'MemberRole',
  'What a member is in the organization.',
  {
    ADMIN: 'May do everything.',
    AUDITOR: 'Reads everything, changes nothing, and holds no team, role or grant.',
    MEMBER: 'May do what teams, roles and grants give.',
  },
);

export const MemberKindEnum = stringEnum<MemberKind>('MemberKind', 'Whom a member stands for.', {
  PERSON: 'One person.',
  SERVICE: 'A program; an ADMIN makes its API tokens.',
});

@ObjectType('Member', {
  implements: Node,
  simpleResolvers: true,
  description: 'A person or a service within one organization.',
})
export class MemberType extends Node {
  @Field(() => String, { description: 'The name for people.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'The e-mail address, if one is known.' })
  email!: string | null;

  @Field(() => MemberRoleEnum, { description: 'The role in the organization.' })
  role!: MemberRole;

  @Field(() => MemberKindEnum, { description: 'A person or a service.' })
  kind!: MemberKind;
}

export const MemberConnection = connectionOf('Member', MemberType, 'the members');
