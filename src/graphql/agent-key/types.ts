import { Field, ObjectType } from 'type-graphql';
import type { agentKeyState } from '../../domain/agent-key/state';
import { Node } from '../node/node';
import { connectionOf } from '../paging/connection';
import { DateTime } from '../scalars/date-time';
import { stringEnum } from '../string-enum';

export type AgentKeyState = ReturnType<typeof agentKeyState>;

export const AgentKeyStateEnum = stringEnum<AgentKeyState>(
  'AgentKeyState',
  'How far an agent key has come.',
  {
    PENDING: 'Registered; nobody has proven yet to hold the private key.',
    ACTIVE: 'Proven by a valid signature. Agents may register with it.',
    REVOKED: 'Refused for ever.',
    EXPIRED: 'Past its time, or not proven in time.',
  },
);

@ObjectType('PublicJwk', {
  simpleResolvers: true,
  description: 'A public JSON Web Key (RFC 7517) with its required members only.',
})
export class PublicJwkType {
  @Field(() => String, { description: 'The key type: OKP or EC.' })
  kty!: string;

  @Field(() => String, { description: 'The curve: Ed25519 or P-256.' })
  crv!: string;

  @Field(() => String, {
    description: 'The x coordinate in base64url; of Ed25519, the whole point.',
  })
  x!: string;

  @Field(() => String, { nullable: true, description: 'The y coordinate in base64url, for P-256.' })
  y?: string;
}

@ObjectType('AgentKey', {
  implements: Node,
  simpleResolvers: true,
  description:
    'A public key that agents of one cluster prove themselves by. Its id ends in its RFC 7638 thumbprint.',
})
export class AgentKeyType extends Node {
  @Field(() => String, { description: 'Its name for people.' })
  name!: string;

  @Field(() => String, {
    description: 'The only algorithm its signatures may use: EdDSA or ES256 (RFC 8037, RFC 7518).',
  })
  algorithm!: string;

  @Field(() => PublicJwkType, { description: 'The key itself, which is no secret.' })
  publicKey!: PublicJwkType;

  @Field(() => [String], { description: 'The tags that its agents may carry.' })
  tags!: readonly string[];

  @Field(() => [String], {
    description: 'The address ranges (CIDR) it may be used from. None means everywhere.',
  })
  addressRanges!: readonly string[];

  @Field(() => DateTime, { description: 'Until when a first signature must have proven it.' })
  provableUntil!: number;

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself.' })
  expiresAt!: number | null;
}

export const AgentKeyConnection = connectionOf('AgentKey', AgentKeyType, 'the agent keys');
