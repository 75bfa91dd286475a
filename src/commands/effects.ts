import type { OrganizationId } from '../domain/id';
import type { Refusal } from '../domain/refusal';
import type {
  InstallationNames,
  LeakedKeys,
  SharedState,
  UsedAssertions,
} from '../ledger/shared-state';
import type { Effect } from './handler';
import type { Fault } from './protocol';

const PURPOSE = 'register';

const REPLAYED: Fault = {
  kind: 'FAULT',
  code: 'UNAUTHENTICATED',
  message: 'The credentials are not valid, or not any more.',
};

/** What was taken or used up before, for reading. */
export interface Claimed {
  readonly names: Pick<InstallationNames, 'owner'>;
  readonly assertions: Pick<UsedAssertions, 'has'>;
  readonly leakedKeys: Pick<LeakedKeys, 'has'>;
}

/** What stands in the way of the effects; asked before anything is written. */
export function checkEffects(
  claimed: Claimed,
  organizationId: OrganizationId,
  effects: readonly Effect[],
): Refusal | Fault | undefined {
  for (const effect of effects) {
    if (effect.kind === 'CLAIM_NAME') {
      const owner = claimed.names.owner(effect.scope, effect.name);
      if (owner !== undefined && owner !== effect.owner) return effect.otherwise;
    } else if (effect.kind === 'USE_ASSERTION') {
      if (claimed.assertions.has(effect.keyId, PURPOSE, effect.jti)) return REPLAYED;
    } else if (effect.kind === 'ADMIT_KEY') {
      if (claimed.leakedKeys.has(organizationId, effect.keyId)) return effect.otherwise;
    }
  }
  return undefined;
}

/** Carries the effects out within the writer's transaction. */
export function applyEffects(
  shared: SharedState,
  organizationId: OrganizationId,
  effects: readonly Effect[],
): void {
  for (const effect of effects) {
    switch (effect.kind) {
      case 'CLAIM_NAME':
        shared.names.claim(effect.scope, effect.name, effect.owner);
        break;
      case 'USE_ASSERTION':
        shared.assertions.use(effect.keyId, PURPOSE, effect.jti, effect.expiresAt);
        break;
      case 'OPEN_SESSION': {
        const { agentId, keyId, expiresAt } = effect;
        shared.sessions.open(effect.tokenHash, { organizationId, agentId, keyId, expiresAt });
        break;
      }
      case 'END_SESSIONS':
        shared.sessions.end(effect.agentId);
        break;
      case 'ADMIT_KEY':
        // It was only asked whether it may be.
        break;
    }
  }
}
