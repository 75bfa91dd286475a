import { Field, ID, InputType } from 'type-graphql';
import { NAME_MAX } from '../../domain/text';
import { MutationInput } from '../mutation/inputs';
import { DateTime } from '../scalars/date-time';
import { IsAddressRangeList, IsId, IsNotNull, IsScopeList, IsText } from '../validation/validators';

@InputType({ description: 'The API token to make.' })
export class ApiTokenCreateInput extends MutationInput {
  @Field(() => ID, { description: 'The member it acts as: oneself, or for ADMINs a SERVICE.' })
  @IsId('usr')
  userId!: string;

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  @IsNotNull()
  @IsText(NAME_MAX)
  description?: string;

  @Field(() => [String], {
    description:
      'What it may be used for: `read`, `write`, or names of actions; never more than the token in use.',
  })
  @IsScopeList()
  scopes!: string[];

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself.' })
  expiresAt?: number | null;

  @Field(() => [String], {
    nullable: true,
    description: 'The address ranges (CIDR) it may be used from. None means everywhere.',
  })
  @IsNotNull()
  @IsAddressRangeList()
  addressRanges?: string[];
}

@InputType({ description: 'The API token to revoke.' })
export class ApiTokenRevokeInput extends MutationInput {
  @Field(() => ID, { description: 'The token.' })
  @IsId('tok')
  tokenId!: string;
}
