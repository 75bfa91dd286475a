import { Field, ObjectType } from 'type-graphql';
import type { ClusterLevel } from '../../domain/cluster/events';
import { Node } from '../node/node';
import { connectionOf } from '../paging/connection';
import { DateTime } from '../scalars/date-time';
import { stringEnum } from '../string-enum';

export const ClusterLevelEnum = stringEnum<ClusterLevel>(
  'ClusterLevel',
  'What a grant on a cluster gives; USE includes VIEW.',
  {
    VIEW: 'To see the cluster with its queues, keys and agents.',
    USE: "To build on it: the pipelines that one may build reach the cluster's agents.",
  },
);

@ObjectType('Cluster', {
  implements: Node,
  simpleResolvers: true,
  description: 'A hard boundary around agents, queues, pipelines and people.',
})
export class ClusterType extends Node {
  @Field(() => String, { description: 'Its short name, never given to another cluster.' })
  slug!: string;

  @Field(() => String, { description: 'Its name for people.' })
  name!: string;

  @Field(() => String, { description: 'What it is for; may be empty.' })
  description!: string;

  @Field(() => String, { nullable: true, description: 'One emoji to know it by.' })
  emoji!: string | null;

  @Field(() => String, { nullable: true, description: 'A colour to know it by, such as #1a2b3c.' })
  color!: string | null;
}

@ObjectType('ClusterMaintainer', {
  implements: Node,
  simpleResolvers: true,
  description: 'The role of a member or team that maintains a cluster.',
})
export class ClusterMaintainerType extends Node {
  @Field(() => DateTime, { nullable: true, description: 'When the role ends by itself.' })
  expiresAt!: number | null;
}

@ObjectType('ClusterGrant', {
  implements: Node,
  simpleResolvers: true,
  description: 'What gives a member or a team access to a cluster.',
})
export class ClusterGrantType extends Node {
  @Field(() => ClusterLevelEnum, { description: 'What it gives.' })
  level!: ClusterLevel;

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself.' })
  expiresAt!: number | null;
}

export const ClusterConnection = connectionOf('Cluster', ClusterType, 'the clusters');
export const ClusterMaintainerConnection = connectionOf(
  'ClusterMaintainer',
  ClusterMaintainerType,
  "a cluster's maintainers",
);
export const ClusterGrantConnection = connectionOf(
  'ClusterGrant',
  ClusterGrantType,
  'the grants on clusters',
);
