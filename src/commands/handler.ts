import type { Action } from '../access/actions';
import type { EntityKind } from '../domain/entity-kind';
import type { DomainEvent } from '../domain/event';
import type { ClusterId, NewId, OrganizationId } from '../domain/id';
import type { Refusal } from '../domain/refusal';
import type { Caller } from './protocol';
import type { World } from '../views/world';

/** One thing the caller must be allowed to do. All of a command's asks must be. */
export interface Ask {
  readonly action: Action;
  readonly resource: string;
  /** The input field that named the resource: where NOT_FOUND points. */
  readonly field: string | null;
  readonly targetClusterId?: ClusterId | null;
  /** What the field names, if that is not the resource: whether it may be seen goes by itself. */
  readonly named?: { readonly kind: EntityKind; readonly id: string };
}

/** What a decision may use besides the world: all of it passed in, so that decisions replay. */
export interface DecideContext {
  readonly caller: Caller;
  readonly newId: NewId;
  /** A fresh opaque token of 256 random bits. */
  readonly newSecret: (kind: 'API_TOKEN' | 'AGENT_SESSION') => string;
}

/** Things other than events that must be true in the same transaction. */
export type Effect =
  | {
      readonly kind: 'CLAIM_NAME';
      readonly scope: 'ORGANIZATION_SLUG' | 'AGENT_KEY';
      readonly name: string;
      readonly owner: string;
      /** The refusal if somebody else holds it. */
      readonly otherwise: Refusal;
    }
  | {
      readonly kind: 'USE_ASSERTION';
      readonly keyId: string;
      readonly jti: string;
      readonly expiresAt: number;
    }
  | {
      readonly kind: 'OPEN_SESSION';
      /** SHA-256 of the session token, hex. */
      readonly tokenHash: string;
      readonly agentId: string;
      readonly keyId: string;
      readonly expiresAt: number;
    }
  | { readonly kind: 'END_SESSIONS'; readonly agentId: string }
  | {
      readonly kind: 'ADMIT_KEY';
      readonly keyId: string;
      /** The refusal if its private half was submitted to the organization before. */
      readonly otherwise: Refusal;
    };

/** What the command does: events in order, and the ids its answer is rendered from. */
export interface Plan {
  readonly events: readonly DomainEvent[];
  readonly ids: Readonly<Record<string, string | null>>;
  readonly effects?: readonly Effect[];
  readonly secret?: string;
  /** With organizationCreate: the new organization, which the events belong to. */
  readonly creates?: OrganizationId;
}

/** Decides one mutation. Neither function writes; the writer does, once both have said yes. */
export interface Handler<Input> {
  /** What the caller must be allowed to do, or a refusal when an id leads nowhere. */
  readonly asks: (input: Input, world: World, caller: Caller) => readonly Ask[] | Refusal;
  readonly decide: (input: Input, world: World, context: DecideContext) => Plan | Refusal;
}
