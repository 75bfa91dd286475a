import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Versioned } from '../../domain/entity';
import type { RequestContext } from '../context';
import { MemberType } from '../member/types';
import { find } from '../node/find';
import { DateTime } from '../scalars/date-time';
import { ApiTokenType } from './types';

@Resolver(() => ApiTokenType)
export class ApiTokenFields {
  @FieldResolver(() => MemberType, { nullable: true, description: 'The member it acts as.' })
  member(
    @Root() { userId }: Versioned<'apiToken'>,
    @Ctx() context: RequestContext,
  ): Versioned<'member'> | null {
    return find(context, 'member', userId);
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'When it was last used, to within 15 seconds; null if never.',
  })
  lastUsed(
    @Root() { id }: Versioned<'apiToken'>,
    @Ctx() { queries }: RequestContext,
  ): number | null {
    return queries.lastSeen(id);
  }
}
