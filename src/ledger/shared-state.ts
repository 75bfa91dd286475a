/**
 * What is not an event and yet must survive, shared by all who serve one installation. Every write
 * happens within the writer's transaction.
 */

/** Names that are taken in the whole installation. */
export type InstallationNameScope = 'ORGANIZATION_SLUG' | 'AGENT_KEY';

export interface InstallationNames {
  /** Who holds the name, or undefined. */
  owner: (scope: InstallationNameScope, name: string) => string | undefined;
  /** Takes a free name; throws when another holds it. */
  claim: (scope: InstallationNameScope, name: string, owner: string) => void;
}

/** Whose key it is, and for what. */
export interface IdempotencyScope {
  /** The organization's number; 0 is the installation. */
  readonly organization: number;
  readonly caller: string;
  readonly mutation: string;
  readonly key: string;
}

export interface FirstResult {
  readonly inputHash: Uint8Array;
  /** JSON. */
  readonly result: string;
}

export interface Idempotency {
  find: (scope: IdempotencyScope) => FirstResult | undefined;
  keep: (scope: IdempotencyScope, first: FirstResult, now: number) => void;
  /** Forgets results that were kept before this instant. */
  purge: (before: number) => void;
}

export interface UsedAssertions {
  has: (keyId: string, purpose: string, jti: string) => boolean;
  /** Throws when it was used already. */
  use: (keyId: string, purpose: string, jti: string, expiresAt: number) => void;
  purge: (now: number) => void;
}

/** Keys that an organization never admits, since their private half was submitted to it. */
export interface LeakedKeys {
  has: (organizationId: string, keyId: string) => boolean;
  /** For ever; of a key that is known already nothing changes. */
  add: (organizationId: string, keyId: string) => void;
}

export interface AgentSession {
  readonly organizationId: string;
  readonly agentId: string;
  readonly keyId: string;
  readonly expiresAt: number;
}

/** By the SHA-256 of their tokens, hex. */
export interface AgentSessions {
  open: (tokenHash: string, session: AgentSession) => void;
  find: (tokenHash: string) => AgentSession | undefined;
  end: (agentId: string) => void;
  /** Forgets the sessions that ended before this instant, and says which. */
  purge: (now: number) => readonly AgentSession[];
}

export interface LastSeen {
  get: (id: string) => number | null;
  set: (id: string, instant: number) => void;
}

export type SettingName = 'VIEWS_NUMBER' | 'INSTALLATION_TOKEN_HASH';

export interface Settings {
  get: (name: SettingName) => string | undefined;
  set: (name: SettingName, value: string) => void;
}

export interface SharedState {
  readonly names: InstallationNames;
  readonly idempotency: Idempotency;
  readonly assertions: UsedAssertions;
  readonly leakedKeys: LeakedKeys;
  readonly sessions: AgentSessions;
  readonly lastSeen: LastSeen;
  readonly settings: Settings;
}
