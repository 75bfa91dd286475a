import { Max, Min } from 'class-validator';
import { ArgsType, Field, Int } from 'type-graphql';
import type { ListOrder } from '../../views/queries';
import { stringEnum } from '../string-enum';

const FIRST_DEFAULT = 50;
/** The longest page. */
export const FIRST_MAX = 100;

const ListOrderEnum = stringEnum<ListOrder>('ListOrder', 'The order of a list.', {
  KEY: 'By slug, key or name, then by id.',
  CREATED: 'By the time of creation, oldest first.',
});

/** The argument of a connection whose later pages are asked for elsewhere. */
@ArgsType()
export class FirstArgs {
  @Field(() => Int, {
    defaultValue: FIRST_DEFAULT,
    description:
      'How many to answer with at most, from 1 to 100. Fewer do not mean that the list ends: `hasNextPage` tells.',
  })
  @Min(1, { message: 'must be at least 1' })
  @Max(FIRST_MAX, { message: `must be at most ${FIRST_MAX}` })
  first!: number;
}

/** The arguments of every connection. */
@ArgsType()
export class PageArgs extends FirstArgs {
  @Field(() => String, {
    nullable: true,
    description: 'The cursor after which to go on: the `endCursor` of the page before.',
  })
  after?: string | null;
}

/** The arguments of a connection whose order can be chosen. */
@ArgsType()
export class ListArgs extends PageArgs {
  @Field(() => ListOrderEnum, {
    defaultValue: 'KEY',
    description: 'The order of the list. Keep it from page to page.',
  })
  order!: ListOrder;
}
