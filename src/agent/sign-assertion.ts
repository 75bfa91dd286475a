import { CompactSign } from 'jose';
import { REGISTRATION_TYPE } from '../keys/assertion';
import type { AgentKeyPair } from './agent-key-pair';

/** What an agent asks the server for. */
export interface RegistrationRequest {
  /** The server's audience, as its operator states it; never guessed from an address. */
  readonly audience: string;
  readonly organizationId: string;
  /** The id or the key of the queue to serve. */
  readonly queue: string;
  /** `key=value`; absent means the tags of the agent's key. */
  readonly tags?: readonly string[];
  /** At least 16 random bytes in base64url, drawn once when the process starts. */
  readonly instance: string;
  /** At least 16 random bytes in base64url, never used before. */
  readonly jti: string;
  /** Milliseconds since the epoch, by the server's clock as well as it is known. */
  readonly now: number;
}

const LIFETIME_S = 60;

/** Signs a registration assertion, valid for 60 seconds, as a compact JWS (RFC 7515). */
export async function signRegistration(
  { privateKey, publicKey }: AgentKeyPair,
  request: RegistrationRequest,
): Promise<string> {
  const kid = publicKey.thumbprint;
  const iat = Math.floor(request.now / 1000);
  const claims = {
    iss: kid,
    sub: kid,
    aud: request.audience,
    jti: request.jti,
    iat,
    exp: iat + LIFETIME_S,
    org: request.organizationId,
    queue: request.queue,
    tags: request.tags,
    inst: request.instance,
  };
  return new CompactSign(Buffer.from(JSON.stringify(claims), 'utf8'))
    .setProtectedHeader({ alg: publicKey.algorithm, typ: REGISTRATION_TYPE, kid })
    .sign(privateKey);
}
