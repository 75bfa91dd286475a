import { Args, ArgsType, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import type { Versioned } from '../../domain/entity';
import { askerOf } from '../authorize';
import type { RequestContext } from '../context';
import { MemberType } from '../member/types';
import { find } from '../node/find';
import { IsId, IsOnlyWithout, IsSlug } from '../validation/validators';
import { OrganizationType } from './types';

@ObjectType('Viewer', { simpleResolvers: true, description: 'Who asks, and with what.' })
class ViewerType {
  @Field(() => MemberType, { nullable: true, description: 'The member whose API token is used.' })
  member!: Versioned<'member'> | null;

  @Field(() => OrganizationType, { nullable: true, description: 'The organization of the member.' })
  organization!: Versioned<'organization'> | null;

  @Field(() => ID, { description: 'The API token in use.' })
  tokenId!: string;

  @Field(() => [String], { description: 'What the API token in use may be used for.' })
  scopes!: readonly string[];
}

@ArgsType()
class OrganizationArgs {
  @Field(() => ID, { nullable: true, description: 'Its id; or give `slug`.' })
  @IsId('org')
  @IsOnlyWithout('slug')
  id?: string | null;

  @Field(() => String, { nullable: true, description: 'Its short name; or give `id`.' })
  @IsSlug()
  slug?: string | null;
}

@Resolver()
export class OrganizationQueries {
  @Query(() => ViewerType, { nullable: true, description: 'Who asks, and with what.' })
  viewer(@Ctx() context: RequestContext): ViewerType {
    const { organizationId, userId, tokenId, scopes } = askerOf(context, 'organization:read');
    return {
      member: find(context, 'member', userId),
      organization: find(context, 'organization', organizationId),
      tokenId,
      scopes,
    };
  }

  @Query(() => OrganizationType, {
    nullable: true,
    description: "The asker's own organization, by id or slug; null for any other.",
  })
  organization(
    @Args(() => OrganizationArgs) { id, slug }: OrganizationArgs,
    @Ctx() context: RequestContext,
  ): Versioned<'organization'> | null {
    askerOf(context, 'organization:read');
    const found = slug == null ? id : context.queries.organizationBySlug(slug);
    return find(context, 'organization', found ?? null);
  }
}
