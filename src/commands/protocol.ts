import type { MutationName } from '../access/operations';
import type { AgentId, AgentKeyId, ApiTokenId, OrganizationId, UserId } from '../domain/id';
import type { Refusal } from '../domain/refusal';

/** Who sends a command, as the edge authenticated it. The writer checks again that it still holds. */
export type Caller =
  | {
      readonly kind: 'MEMBER';
      readonly organizationId: OrganizationId;
      readonly userId: UserId;
      readonly tokenId: ApiTokenId;
    }
  | {
      readonly kind: 'AGENT_KEY';
      readonly organizationId: OrganizationId;
      readonly keyId: AgentKeyId;
    }
  | {
      readonly kind: 'AGENT';
      readonly organizationId: OrganizationId;
      readonly agentId: AgentId;
      readonly keyId: AgentKeyId;
      /** SHA-256 of the session token, hex. */
      readonly sessionHash: string;
    }
  | { readonly kind: 'INSTALLATION' }
  | { readonly kind: 'HOST'; readonly organizationId: OrganizationId };

/** A wish, on its way to the writer. Its input has passed the schema's validation. */
export interface Command {
  readonly mutation: MutationName;
  readonly caller: Caller;
  readonly input: Readonly<Record<string, unknown>>;
  readonly idempotencyKey: string | null;
  readonly correlationId: string;
}

/** What a command did: the ids to render its answer from, and what is shown once. */
export interface Done {
  readonly kind: 'DONE';
  /** The access ledger's head after the command; null if the organization is new to the caller. */
  readonly position: number;
  readonly ids: Readonly<Record<string, string | null>>;
  /** Shown once: null when a repeated command (same idempotency key) had one. */
  readonly secret: string | null;
  /**
   * True if this is the first result of an earlier command with the same idempotency key. The caller
   * may have lost the right to it since: show of what it names only what they may read now.
   */
  readonly repeated: boolean;
}

/** An expected refusal: data for whoever asked. */
export interface Refused {
  readonly kind: 'REFUSED';
  readonly refusal: Refusal;
}

export const FAULT_CODES = ['UNAUTHENTICATED', 'FORBIDDEN', 'UNAVAILABLE', 'INTERNAL'] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

/** Not decided: the caller may not ask this, or the writer cannot answer now. */
export interface Fault {
  readonly kind: 'FAULT';
  readonly code: FaultCode;
  readonly message: string;
}

export type Outcome = Done | Refused | Fault;

/** The way to the writer. Resolves once the command is durable and visible, or refused. */
export interface Commands {
  submit: (command: Command) => Promise<Outcome>;
}
