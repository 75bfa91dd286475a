import { Field, ObjectType } from 'type-graphql';
import { Node } from '../node/node';

@ObjectType('Organization', {
  implements: Node,
  simpleResolvers: true,
  description: 'A tenant. Everything below it belongs to it alone.',
})
export class OrganizationType extends Node {
  @Field(() => String, { description: 'Its short name, unique in this installation for ever.' })
  slug!: string;

  @Field(() => String, { description: 'Its name for people.' })
  name!: string;

  @Field(() => Boolean, {
    description: 'Whether every member with `cluster:use` may create pipelines in that cluster.',
  })
  membersCanCreatePipelines!: boolean;
}
