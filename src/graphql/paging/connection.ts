import { Field, ObjectType, type ClassType } from 'type-graphql';

/** Where a page stands in its list. */
@ObjectType('PageInfo', { description: 'Where a page stands in its list.', simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, {
    description:
      'True if more follows after `endCursor`, or may: a page that had to read over very many things that are hidden or filtered out stops early, perhaps empty.',
  })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'True if the page began after a cursor.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor of the first edge.' })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Where to go on: the cursor of the last edge, or of a later place if the page stopped early. That one is good until the server starts again.',
  })
  endCursor!: string | null;
}

/** One page as a resolver gives it. */
export interface Page<T> {
  readonly edges: readonly { readonly node: T; readonly cursor: string }[];
  readonly nodes: readonly T[];
  readonly pageInfo: PageInfo;
}

/** What is known of a page besides its rows. */
interface Place extends Pick<PageInfo, 'hasNextPage' | 'hasPreviousPage'> {
  /** Where to go on, if not after the last row. */
  readonly endCursor?: string;
}

/** Builds a page from up to `first` rows and the knowledge whether more follows. */
export function toPage<T>(
  edges: Page<T>['edges'],
  { hasNextPage, hasPreviousPage, endCursor }: Place,
): Page<T> {
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage,
      hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: endCursor ?? edges.at(-1)?.cursor ?? null,
    },
  };
}

/** Declares the connection and edge types of a node type (Relay cursor connections). */
export function connectionOf(name: string, node: ClassType, of: string): ClassType {
  @ObjectType(`${name}Edge`, { description: `One of ${of}, in its list.`, simpleResolvers: true })
  class Edge {
    @Field(() => node, { description: `One of ${of}.` })
    node!: unknown;

    @Field(() => String, { description: 'Where it stands: an argument for `after`.' })
    cursor!: string;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${of}.`, simpleResolvers: true })
  class Connection {
    @Field(() => [Edge], { description: 'What the page holds, each with its cursor.' })
    edges!: readonly Edge[];

    @Field(() => [node], { description: 'What the page holds.' })
    nodes!: readonly unknown[];

    @Field(() => PageInfo, { description: 'Where the page stands in its list.' })
    pageInfo!: PageInfo;
  }
  return Connection;
}
