import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { WayKind } from '../../access/way-group';
import { Count } from '../scalars/count';
import { stringEnum } from '../string-enum';
import { FactType, ReasonType } from './types';

const WayKindEnum = stringEnum<WayKind>('WayKind', 'How ways lead in.', {
  ADMIN: 'By the role of ADMIN.',
  MAINTAINS: 'As a maintainer of the cluster.',
  CREATES: 'By creating a pipeline that an OPEN queue takes.',
  BUILDS: 'By building a pipeline that a queue takes.',
  CHAINS: 'By chains of facts; the rule of each says how.',
});

@ObjectType('WayPart', {
  simpleResolvers: true,
  description: 'A part of a way that can be had by any one of several chains of facts.',
})
export class WayPartType {
  @Field(() => [ReasonType], { description: 'The chains; each is enough for this part.' })
  alternatives!: readonly ReasonType[];
}

@ObjectType('WayGroup', {
  simpleResolvers: true,
  description:
    'Ways that differ only in the alternative they take of each part: whoever has all of `always` and one alternative of every part has a way.',
})
export class WayGroupType {
  @Field(() => WayKindEnum, { description: 'How the ways lead in.' })
  kind!: WayKind;

  @Field(() => ID, { nullable: true, description: 'Of BUILDS: the pipeline, if one may see it.' })
  pipelineId!: string | null;

  @Field(() => Count, {
    description: 'How many ways these are: the numbers of alternatives multiplied.',
  })
  wayCount!: number;

  @Field(() => [FactType], { description: 'The facts that are part of each of the ways.' })
  always!: readonly FactType[];

  @Field(() => [WayPartType], { description: 'What is needed besides, all of it.' })
  parts!: readonly WayPartType[];

  @Field(() => Int, { description: 'How many facts of `always` one may not see.' })
  hiddenFactCount!: number;
}

@ObjectType('WayFact', {
  simpleResolvers: true,
  description: 'A fact, and how many ways are gone without it.',
})
export class WayFactType {
  @Field(() => FactType, { description: 'The fact.' })
  fact!: FactType;

  @Field(() => Count, {
    description: 'In how many of the ways it is: if in all of them, its end ends them all.',
  })
  inWays!: number;
}

@ObjectType('AccessWays', {
  simpleResolvers: true,
  description:
    'Every way in which a subject is allowed it, and what each way hangs on. Nothing is left out: with more than 10000 facts to tell it fails with QUERY_TOO_COMPLEX; ask for a smaller page.',
})
export class AccessWaysType {
  @Field(() => Count, { description: 'How many ways there are.' })
  wayCount!: number;

  @Field(() => [WayGroupType], { description: 'All ways, grouped; a way is in one group.' })
  groups!: readonly WayGroupType[];

  @Field(() => [WayFactType], {
    description: 'Every fact of the ways that one may see, those that most ways hang on first.',
  })
  facts!: readonly WayFactType[];

  @Field(() => Int, { description: 'How many facts one may not see.' })
  hiddenFactCount!: number;
}
