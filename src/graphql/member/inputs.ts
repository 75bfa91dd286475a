import { Field, ID, InputType } from 'type-graphql';
import type { MemberKind, MemberRole } from '../../domain/member/events';
import { ChangeInput, UpdateInput } from '../mutation/inputs';
import { IsEmailAddress, IsId, IsName, IsNotNull } from '../validation/validators';
import { MemberKindEnum, MemberRoleEnum } from './types';

@InputType({ description: 'The member to add.' })
export class OrganizationMemberAddInput extends ChangeInput {
  @Field(() => ID, { description: 'The organization.' })
  @IsId('org')
  organizationId!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The id of a former member who comes back; nothing else comes back with it.',
  })
  @IsNotNull()
  @IsId('usr')
  userId?: string;

  @Field(() => String, { description: 'The name for people.' })
  @IsName()
  name!: string;

  @Field(() => String, { nullable: true, description: 'The e-mail address.' })
  @IsEmailAddress()
  email?: string | null;

  @Field(() => MemberRoleEnum, { description: 'The role in the organization.' })
  role!: MemberRole;

  @Field(() => MemberKindEnum, { description: 'A person or a service. It stays so.' })
  kind!: MemberKind;
}

@InputType({ description: 'What to change of a member.' })
export class OrganizationMemberUpdateInput extends UpdateInput {
  @Field(() => ID, { description: 'The member.' })
  @IsId('usr')
  userId!: string;

  @Field(() => String, { nullable: true, description: 'Another name for people.' })
  @IsNotNull()
  @IsName()
  name?: string;

  @Field(() => String, { nullable: true, description: 'The e-mail address; null for none.' })
  @IsEmailAddress()
  email?: string | null;

  @Field(() => MemberRoleEnum, {
    nullable: true,
    description: 'Another role. Who becomes an AUDITOR loses every team, role and grant.',
  })
  @IsNotNull()
  role?: MemberRole;
}

@InputType({ description: 'The member to remove.' })
export class OrganizationMemberRemoveInput extends ChangeInput {
  @Field(() => ID, { description: 'The member.' })
  @IsId('usr')
  userId!: string;
}
