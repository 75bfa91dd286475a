import type { Principal } from '../access/question';
import type { World } from '../views/world';
import type { Caller } from './protocol';

/** Who the ledger says did it: ids, and the roles held at that time. */
export interface CallerActor {
  readonly kind: 'MEMBER' | 'AGENT_KEY' | 'INSTALLATION' | 'HOST' | 'SYSTEM';
  readonly id: string;
  readonly via?: string;
  readonly roles: readonly string[];
}

export interface Identified {
  readonly principal: Principal;
  readonly actor: CallerActor;
}

/**
 * Checks that the caller still is who the edge authenticated: an earlier command of this very batch
 * may have revoked the token, removed the member or revoked the key. Undefined if not.
 */
export function identify(caller: Caller, world: World | undefined): Identified | undefined {
  switch (caller.kind) {
    case 'INSTALLATION':
      return {
        principal: { kind: 'installation' },
        actor: { kind: 'INSTALLATION', id: 'installation', roles: [] },
      };
    case 'HOST':
      return { principal: { kind: 'host' }, actor: { kind: 'HOST', id: 'host', roles: [] } };
    case 'MEMBER': {
      const token = world?.get('apiToken', caller.tokenId);
      const member = world?.get('member', caller.userId);
      if (world === undefined || token === undefined || member === undefined) return undefined;
      if (token.userId !== caller.userId) return undefined;
      if (token.expiresAt !== null && token.expiresAt <= world.now) return undefined;
      return {
        principal: { kind: 'user', id: caller.userId, scopes: token.scopes },
        actor: { kind: 'MEMBER', id: caller.userId, via: caller.tokenId, roles: [member.role] },
      };
    }
    case 'AGENT_KEY':
      if (world?.get('agentKey', caller.keyId) === undefined) return undefined;
      return {
        principal: { kind: 'agentKey', id: caller.keyId },
        actor: { kind: 'AGENT_KEY', id: caller.keyId, roles: [] },
      };
    case 'AGENT': {
      const agent = world?.get('agent', caller.agentId);
      if (agent?.ended !== null) return undefined;
      return {
        principal: { kind: 'agent', id: caller.agentId },
        actor: { kind: 'AGENT_KEY', id: caller.keyId, via: caller.agentId, roles: [] },
      };
    }
  }
}
