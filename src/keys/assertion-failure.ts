/** Why an assertion was refused: for the audit log, never for the caller. */
export type AssertionReason =
  | 'form'
  | 'json'
  | 'header'
  | 'alg'
  | 'typ'
  | 'kid'
  | 'sig'
  | 'claims'
  | 'sub'
  | 'aud'
  | 'jti'
  | 'iat'
  | 'exp'
  | 'nbf'
  | 'org'
  | 'queue'
  | 'tags'
  | 'inst';

/**
 * A refused assertion. The caller is told the code alone: BAD_REQUEST for text that is no compact
 * JWS at all, AGENT_AUTH_FAILED for everything else, so that nobody learns which keys exist.
 */
export interface AssertionFailure {
  readonly ok: false;
  readonly code: 'BAD_REQUEST' | 'AGENT_AUTH_FAILED';
  readonly reason: AssertionReason;
}

/** Builds the failure; only a fault of form is a BAD_REQUEST. */
export function assertionFailure(reason: AssertionReason): AssertionFailure {
  return { ok: false, code: reason === 'form' ? 'BAD_REQUEST' : 'AGENT_AUTH_FAILED', reason };
}
