import { Field, ID, InputType } from 'type-graphql';
import { MutationInput, UpdateInput } from '../mutation/inputs';
import { IsEmailAddress, IsId, IsName, IsNotNull, IsSlug } from '../validation/validators';

@InputType({ description: 'The organization to create, and its first ADMIN.' })
export class OrganizationCreateInput extends MutationInput {
  @Field(() => String, { description: 'Its short name, never used in this installation before.' })
  @IsSlug()
  slug!: string;

  @Field(() => String, { description: 'Its name for people.' })
  @IsName()
  name!: string;

  @Field(() => String, { description: 'The name of its first ADMIN.' })
  @IsName()
  adminName!: string;

  @Field(() => String, { nullable: true, description: "The first ADMIN's e-mail address." })
  @IsEmailAddress()
  adminEmail?: string | null;
}

@InputType({ description: 'What to change of an organization.' })
export class OrganizationUpdateInput extends UpdateInput {
  @Field(() => ID, { description: 'The organization.' })
  @IsId('org')
  organizationId!: string;

  @Field(() => String, { nullable: true, description: 'Another short name, never used before.' })
  @IsNotNull()
  @IsSlug()
  slug?: string;

  @Field(() => String, { nullable: true, description: 'Another name for people.' })
  @IsNotNull()
  @IsName()
  name?: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether every member with `cluster:use` may create pipelines in that cluster.',
  })
  @IsNotNull()
  membersCanCreatePipelines?: boolean;
}
