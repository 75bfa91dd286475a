import { Field, ID, InputType } from 'type-graphql';
import { NOTE_MAX } from '../../domain/text';
import { ChangeInput } from '../mutation/inputs';
import { DateTime } from '../scalars/date-time';
import {
  IsAddressRangeList,
  IsAgentKeyId,
  IsId,
  IsIdList,
  IsName,
  IsNotNull,
  IsPublicKeyText,
  IsTagList,
  IsText,
} from '../validation/validators';

@InputType({ description: 'The public key to register.' })
export class AgentKeyRegisterInput extends ChangeInput {
  @Field(() => ID, { description: 'The cluster it is admitted to.' })
  @IsId('clu')
  clusterId!: string;

  @Field(() => String, { description: 'Its name for people.' })
  @IsName()
  name!: string;

  @Field(() => String, {
    description:
      'The public key as a JSON Web Key (RFC 7517) in JSON text: Ed25519 or P-256. Never send the private key.',
  })
  @IsPublicKeyText()
  publicKey!: string;

  @Field(() => [ID], {
    nullable: true,
    description: 'The queues its agents may serve. Null or left out: the OPEN ones of the cluster.',
  })
  @IsIdList('que', 100)
  queueIds?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'The tags that its agents may carry.' })
  @IsNotNull()
  @IsTagList()
  tags?: string[];

  @Field(() => [String], {
    nullable: true,
    description: 'The address ranges (CIDR) it may be used from. None means everywhere.',
  })
  @IsNotNull()
  @IsAddressRangeList()
  addressRanges?: string[];

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself.' })
  expiresAt?: number | null;
}

@InputType({ description: 'The agent key to revoke.' })
export class AgentKeyRevokeInput extends ChangeInput {
  @Field(() => ID, { description: 'The key.' })
  @IsAgentKeyId()
  keyId!: string;

  @Field(() => String, { nullable: true, description: 'Why it is revoked.' })
  @IsNotNull()
  @IsText(NOTE_MAX)
  reason?: string;
}
