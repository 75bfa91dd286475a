import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { AuditQuery, Queries } from '../../views/queries';
import { connectionOf } from '../paging/connection';
import { DateTime } from '../scalars/date-time';
import { Json } from '../scalars/json';
import { Position } from '../scalars/position';
import { stringEnum } from '../string-enum';

/** An event as the queries give it. */
export type StoredEvent = ReturnType<Queries['auditEvents']>[number];
export type Actor = StoredEvent['actor'];

export const LedgerKindEnum = stringEnum<AuditQuery['kind']>(
  'LedgerKind',
  'One of the two ledgers.',
  {
    ACCESS: 'Who may do what, kept for ever.',
    ACTIVITY: 'The life of agents, and refusals, counted.',
  },
);

const ActorKindEnum = stringEnum<Actor['kind']>('ActorKind', 'Who may cause an event.', {
  MEMBER: 'A member, by an API token.',
  AGENT_KEY: 'An agent, by its key.',
  INSTALLATION: "The installation's own token.",
  HOST: 'Whoever runs the server, at its own command line.',
  SYSTEM: 'The server itself.',
});

@ObjectType('Actor', { simpleResolvers: true, description: 'Who caused an event. Ids only.' })
export class ActorType {
  @Field(() => ActorKindEnum, { description: 'What kind of actor it is.' })
  kind!: Actor['kind'];

  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => ID, { nullable: true, description: 'The API token or agent that was used.' })
  via?: string;

  @Field(() => [String], { description: 'The roles it held at that time.' })
  roles!: readonly string[];
}

@ObjectType('AuditEvent', {
  simpleResolvers: true,
  description: 'An event as a ledger keeps it: something that happened, never changed afterwards.',
})
export class AuditEventType {
  @Field(() => Position, { description: 'Its place in its ledger.' })
  position!: number;

  @Field(() => ID, { description: 'Its id, a UUID.' })
  id!: string;

  @Field(() => String, { description: 'What happened, such as `ClusterCreated`.' })
  type!: string;

  @Field(() => Int, { description: "The version of its type's shape." })
  schemaVersion!: number;

  @Field(() => DateTime, { description: 'When it was recorded.' })
  recordedAt!: number;

  @Field(() => ActorType, { description: 'Who caused it.' })
  actor!: Actor;

  @Field(() => String, { description: 'The id of the request that caused it.' })
  correlationId!: string;

  @Field(() => Json, { description: 'What happened in full: ids, levels, times. Never erased.' })
  data!: unknown;

  @Field(() => Json, {
    nullable: true,
    description: 'Names and free text that came with it; null if there were none, or once erased.',
  })
  personal!: unknown;

  @Field(() => String, { description: "Its leaf in the ledger's Merkle tree (RFC 6962), in hex." })
  leafHash!: string;
}

/** An event as the schema shows it. */
export function toAuditEvent({ eventId, leafHash, ...event }: StoredEvent): AuditEventType {
  return { ...event, id: eventId, leafHash: Buffer.from(leafHash).toString('hex') };
}

export const AuditEventConnection = connectionOf('AuditEvent', AuditEventType, 'the events');
