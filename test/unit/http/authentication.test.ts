import type { AgentKey } from '../../../src/domain/agent-key/state';
import type { Agent } from '../../../src/domain/agent/state';
import { authenticate, type CredentialStore } from '../../../src/http/authentication';
import { formatSecretToken, hashSecretToken } from '../../../src/keys/secret-token';
import type { TokenRecord } from '../../../src/views/queries';

const NOW = 1_000_000;
const HERE = '192.0.2.1';
const bytes = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
const token = formatSecretToken('API_TOKEN', bytes(1));
const session = formatSecretToken('AGENT_SESSION', bytes(2));
const installation = formatSecretToken('INSTALLATION', bytes(3));

const apiToken: TokenRecord = {
  organizationId: 'org_1',
  tokenId: 'tok_1',
  userId: 'usr_1',
  scopes: ['read'],
  addressRanges: [],
  expiresAt: null,
};
const key = { state: 'ACTIVE', addressRanges: [] as string[], expiresAt: null as number | null };
const agent = { ended: null as Agent['ended'] };

interface World {
  readonly apiToken?: Partial<TokenRecord> | null;
  readonly key?: Partial<AgentKey> | null;
  readonly agent?: Partial<Agent> | null;
  readonly sessionExpiresAt?: number;
  readonly installationHash?: string;
}

/** A store with one of each credential, changed as a test needs it. */
function store(world: World = {}): CredentialStore {
  const get = (_organization: string, kind: string) => {
    if (kind === 'agentKey') return world.key === null ? undefined : { ...key, ...world.key };
    return world.agent === null ? undefined : { ...agent, ...world.agent };
  };
  return {
    queries: {
      get: get as CredentialStore['queries']['get'],
      tokenByHash: (hash) =>
        hash === hashSecretToken(token) && world.apiToken !== null
          ? { ...apiToken, ...world.apiToken }
          : undefined,
    },
    agentSession: (hash) =>
      hash === hashSecretToken(session)
        ? {
            organizationId: 'org_1',
            agentId: 'agt_1',
            keyId: 'key_1',
            expiresAt: world.sessionExpiresAt ?? NOW + 1,
          }
        : undefined,
    installationTokenHash: () => world.installationHash,
  };
}

const ask = (credential: string | undefined, world?: World, address: string | null = HERE) =>
  authenticate(credential, address, store(world), NOW);

describe('a request', () => {
  it('without a credential is anonymous', () => {
    expect(ask(undefined)).toEqual({ kind: 'ANONYMOUS' });
  });

  it.each([
    '',
    'Bearer',
    'Bearer ',
    `Basic ${token}`,
    token,
    `Bearer  ${token}`,
    `Bearer ${token} x`,
    `Bearer ${token.slice(0, -1)}`,
    `Bearer ${token.slice(0, -1)}!`,
    `Bearer ${token.toUpperCase()}`,
    `Bearer ${'x'.repeat(10_000)}`,
  ])('with the malformed credential %j is refused', (credential) => {
    expect(ask(credential)).toBeNull();
  });

  it('with a token nobody made is refused', () => {
    expect(ask(`Bearer ${formatSecretToken('API_TOKEN', bytes(9))}`)).toBeNull();
    expect(ask(`Bearer ${formatSecretToken('AGENT_SESSION', bytes(9))}`)).toBeNull();
    expect(ask(`Bearer ${formatSecretToken('INSTALLATION', bytes(9))}`)).toBeNull();
  });
});

describe('an API token', () => {
  it('makes its member the principal', () => {
    expect(ask(`bearer ${token}`)).toEqual({
      kind: 'MEMBER',
      organizationId: 'org_1',
      userId: 'usr_1',
      tokenId: 'tok_1',
      scopes: ['read'],
    });
  });

  it('ends at its expiry', () => {
    expect(ask(`Bearer ${token}`, { apiToken: { expiresAt: NOW + 1 } })).not.toBeNull();
    expect(ask(`Bearer ${token}`, { apiToken: { expiresAt: NOW } })).toBeNull();
  });

  it('counts only from its address ranges', () => {
    const world = { apiToken: { addressRanges: ['192.0.2.0/24'] } };
    expect(ask(`Bearer ${token}`, world)).not.toBeNull();
    expect(ask(`Bearer ${token}`, world, '198.51.100.1')).toBeNull();
    expect(ask(`Bearer ${token}`, world, null)).toBeNull();
  });

  it('without ranges counts from an unknown address too', () => {
    expect(ask(`Bearer ${token}`, {}, null)).not.toBeNull();
  });
});

describe("an agent's session", () => {
  it('makes the agent the principal', () => {
    expect(ask(`Bearer ${session}`)).toEqual({
      kind: 'AGENT',
      organizationId: 'org_1',
      agentId: 'agt_1',
      keyId: 'key_1',
      sessionHash: hashSecretToken(session),
      expiresAt: NOW + 1,
    });
  });

  it.each<[string, World]>([
    ['it expired', { sessionExpiresAt: NOW }],
    ['its key was revoked', { key: { state: 'REVOKED' } }],
    ['its key expired', { key: { expiresAt: NOW } }],
    ['its key is gone', { key: null }],
    ['its agent ended', { agent: { ended: { reason: 'DISCONNECTED', at: 1 } } }],
    ['its agent is gone', { agent: null }],
    ['its key is for other addresses', { key: { addressRanges: ['198.51.100.0/24'] } }],
  ])('is refused once %s', (_name, world) => {
    expect(ask(`Bearer ${session}`, world)).toBeNull();
  });
});

describe("the installation's token", () => {
  it('is refused while none was made, and for another one', () => {
    expect(ask(`Bearer ${installation}`)).toBeNull();
    expect(ask(`Bearer ${installation}`, { installationHash: hashSecretToken(token) })).toBeNull();
  });

  it('makes the installation the principal', () => {
    const world = { installationHash: hashSecretToken(installation) };
    expect(ask(`Bearer ${installation}`, world)).toEqual({ kind: 'INSTALLATION' });
  });
});
