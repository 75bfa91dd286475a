import type { Commands } from '../commands/protocol';
import type { AgentId, AgentKeyId, ApiTokenId, OrganizationId, UserId } from '../domain/id';
import type { QUESTIONS } from '../questions/long-questions';
import type { Questions } from '../questions/registry';
import type { Queries } from '../views/queries';
import type { CursorSeal } from './paging/cursor-seal';
import type { RowBudget } from './paging/row-budget';

/** Who sent the request, as the edge authenticated the credential that came with it. */
export type RequestPrincipal =
  | { readonly kind: 'ANONYMOUS' }
  | {
      readonly kind: 'MEMBER';
      readonly organizationId: OrganizationId;
      readonly userId: UserId;
      readonly tokenId: ApiTokenId;
      readonly scopes: readonly string[];
    }
  | {
      readonly kind: 'AGENT';
      readonly organizationId: OrganizationId;
      readonly agentId: AgentId;
      readonly keyId: AgentKeyId;
      /** SHA-256 of the session token, hex. */
      readonly sessionHash: string;
      readonly expiresAt: number;
    }
  | { readonly kind: 'INSTALLATION' };

/** Whether a source may try again, and if not, when. */
export type Turn =
  { readonly granted: true } | { readonly granted: false; readonly retryAfterMs: number };

/** Bounds what attempts to register agents may cost, by address and by the key that is claimed. */
export interface RegistrationTurns {
  /** Whether an attempt may go on; asked before any cryptography. `claimed`: null if it names none. */
  readonly begin: (sourceAddress: string | null, claimed: string | null) => Promise<Turn>;
  readonly succeeded: (sourceAddress: string | null, claimed: string) => Promise<void>;
  readonly failed: (sourceAddress: string | null, claimed: string) => Promise<void>;
}

/** Everything a resolver may use. The edge makes one for each request. */
export interface RequestContext {
  readonly requestId: string;
  readonly principal: RequestPrincipal;
  /** The client's address in canonical form, or null if it cannot be known. */
  readonly sourceAddress: string | null;
  readonly queries: Queries;
  readonly commands: Commands;
  /** Answers what may take long. */
  readonly questions: Questions<typeof QUESTIONS>;
  /** Notes that an agent was seen; written later, in batches. */
  readonly agents: { readonly seen: (agentId: AgentId) => void };
  readonly clock: { readonly now: () => number };
  readonly registrations: RegistrationTurns;
  /** What the lists of this request may read over. */
  readonly rows: RowBudget;
  readonly cursors: CursorSeal;
  /** What an agent's assertion must name as its audience. */
  readonly audience: string;
}
