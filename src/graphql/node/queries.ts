import { ArrayMaxSize } from 'class-validator';
import { Arg, Args, ArgsType, Ctx, Field, ID, Query, Resolver } from 'type-graphql';
import type { EntityKind, Versioned } from '../../domain/entity';
import { memberOf } from '../authorize';
import type { RequestContext } from '../context';
import { findAny } from './find';
import { Node } from './node';

@ArgsType()
class NodesArgs {
  @Field(() => [ID], { description: 'Up to 100 ids.' })
  @ArrayMaxSize(100, { message: 'must have at most 100 items' })
  ids!: string[];
}

@Resolver()
export class NodeQueries {
  @Query(() => Node, {
    nullable: true,
    description: 'What has this id; null if there is nothing, or nothing that one may see.',
  })
  node(
    @Arg('id', () => ID, { description: 'An id of whatever kind.' }) id: string,
    @Ctx() context: RequestContext,
  ): Versioned<EntityKind> | null {
    memberOf(context);
    return findAny(context, id);
  }

  @Query(() => [Node], {
    nullable: 'items',
    description: 'What has these ids, in their order, with null for what one may not see.',
  })
  nodes(
    @Args(() => NodesArgs) { ids }: NodesArgs,
    @Ctx() context: RequestContext,
  ): readonly (Versioned<EntityKind> | null)[] {
    memberOf(context);
    return ids.map((id) => findAny(context, id));
  }
}
