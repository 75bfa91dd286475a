import { Field, ObjectType } from 'type-graphql';
import type { PipelineLevel } from '../../domain/pipeline/events';
import { Node } from '../node/node';
import { connectionOf } from '../paging/connection';
import { DateTime } from '../scalars/date-time';
import { stringEnum } from '../string-enum';

export const PipelineLevelEnum = stringEnum<PipelineLevel>(
  'PipelineLevel',
  'What a grant on a pipeline gives; each level includes those before it.',
  {
    READ: 'To see it.',
    BUILD: 'To build it, with `cluster:use` on its cluster.',
    MANAGE: 'To change, archive and grant it, and to move it where one may create pipelines.',
  },
);

@ObjectType('Pipeline', {
  implements: Node,
  simpleResolvers: true,
  description:
    'What builds are made from. Belongs to at most one cluster; without one it runs nowhere.',
})
export class PipelineType extends Node {
  @Field(() => String, { description: 'Its short name, never given to another pipeline.' })
  slug!: string;

  @Field(() => String, { description: 'Its name for people.' })
  name!: string;

  @Field(() => String, { description: 'What it is for; may be empty.' })
  description!: string;

  @Field(() => String, { nullable: true, description: 'Where its code lies.' })
  repository!: string | null;

  @Field(() => Boolean, { description: 'Whether it is put away; nothing runs from it then.' })
  archived!: boolean;
}

@ObjectType('PipelineGrant', {
  implements: Node,
  simpleResolvers: true,
  description: 'What gives a member or a team access to a pipeline.',
})
export class PipelineGrantType extends Node {
  @Field(() => PipelineLevelEnum, { description: 'What it gives.' })
  level!: PipelineLevel;

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself.' })
  expiresAt!: number | null;
}

export const PipelineConnection = connectionOf('Pipeline', PipelineType, 'the pipelines');
export const PipelineGrantConnection = connectionOf(
  'PipelineGrant',
  PipelineGrantType,
  'the grants on pipelines',
);
