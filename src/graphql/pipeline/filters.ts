import { ValidateNested } from 'class-validator';
import { ArgsType, Field, ID, InputType } from 'type-graphql';
import type { Pipeline } from '../../domain/pipeline/state';
import { ListArgs } from '../paging/args';
import { IsId, IsText } from '../validation/validators';

@InputType({ description: 'Which pipelines to list. Each given field narrows the list.' })
export class PipelineFilter {
  @Field(() => ID, { nullable: true, description: 'Pipelines of this cluster.' })
  @IsId('clu')
  clusterId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Archived pipelines only, or only those that are not.',
  })
  archived?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Pipelines whose slug or name contains this text, in whatever letter case.',
  })
  @IsText(100)
  search?: string | null;
}

@ArgsType()
export class PipelineListArgs extends ListArgs {
  @Field(() => PipelineFilter, { nullable: true, description: 'Narrows the list.' })
  @ValidateNested()
  filter?: PipelineFilter | null;
}

/** True if the pipeline passes the filter. */
export function passesPipelineFilter(
  { clusterId, archived, slug, name }: Pipeline,
  filter: PipelineFilter | null = null,
): boolean {
  const wanted = filter?.search?.toLowerCase() ?? '';
  return (
    (filter?.clusterId == null || clusterId === filter.clusterId) &&
    (filter?.archived == null || archived === filter.archived) &&
    (slug.includes(wanted) || name.toLowerCase().includes(wanted))
  );
}
