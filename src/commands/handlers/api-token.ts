import { MUTATION_ACTIONS } from '../../access/operations';
import { isScope, within } from '../../access/scopes';
import { createApiToken, endApiToken } from '../../domain/api-token/decide';
import type { ApiToken } from '../../domain/api-token/state';
import { checkList, firstRefusal } from '../../domain/fields';
import type { Member } from '../../domain/member/state';
import { isRefusal, notFound, refuse, type Refusal } from '../../domain/refusal';
import { hashSecretToken } from '../../keys/secret-token';
import type { World } from '../../views/world';
import type { Handler } from '../handler';
import type { ApiTokenCreateInput, ApiTokenRevokeInput } from '../inputs';
import type { Caller } from '../protocol';
import { onEntity } from './on-entity';
import { planOf } from './plan';

const SCOPES_MAX = 100;

function checkScopes(scopes: readonly string[], world: World, caller: Caller): Refusal | undefined {
  const limit = caller.kind === 'MEMBER' ? world.get('apiToken', caller.tokenId)?.scopes : null;
  return firstRefusal(
    scopes.length === 0 ? refuse('INVALID', 'scopes', 'Name at least one scope.') : undefined,
    checkList('scopes', scopes, SCOPES_MAX, (scope) =>
      isScope(scope) ? null : 'must hold read, write or names of actions',
    ),
    within(scopes, limit === undefined ? [] : limit)
      ? undefined
      : refuse('SCOPE_TOO_WIDE', 'scopes', 'A token makes no token that reaches further than it.'),
  );
}

/**
 * A token that ends or is bound to addresses makes none that lasts longer or is bound less. What the
 * wish leaves out is taken over from the token in use.
 */
function boundsOf(
  { expiresAt = null, addressRanges = [] }: ApiTokenCreateInput,
  world: World,
  caller: Caller,
): Pick<ApiToken, 'expiresAt' | 'addressRanges'> | Refusal {
  const used = caller.kind === 'MEMBER' ? world.get('apiToken', caller.tokenId) : undefined;
  if (used === undefined) return { expiresAt, addressRanges };
  if (used.expiresAt !== null && expiresAt !== null && expiresAt > used.expiresAt) {
    return refuse('SCOPE_TOO_WIDE', 'expiresAt', 'A token makes no token that outlives it.');
  }
  const unbound = used.addressRanges.length === 0;
  if (!unbound && addressRanges.some((range) => !used.addressRanges.includes(range))) {
    const message = 'A token makes no token for addresses that it is not for itself.';
    return refuse('SCOPE_TOO_WIDE', 'addressRanges', message);
  }
  return {
    expiresAt: expiresAt ?? used.expiresAt,
    addressRanges: addressRanges.length === 0 ? used.addressRanges : addressRanges,
  };
}

/** Who holds the host replaces the lost token of an ADMIN, and of nobody else. */
function checkHost(member: Member, caller: Caller): Refusal | undefined {
  if (caller.kind !== 'HOST' || member.role === 'ADMIN') return undefined;
  return refuse('NOT_ELIGIBLE', 'userId', 'On the host only an ADMIN can be given a token.');
}

export const apiTokenCreate: Handler<ApiTokenCreateInput> = {
  asks: ({ userId: resource }) => [
    { action: MUTATION_ACTIONS.apiTokenCreate, resource, field: 'userId' },
  ],
  decide: (input, world, { caller, newId, newSecret }) => {
    const member = world.get('member', input.userId);
    if (member === undefined) return notFound('userId');
    const { description = '', scopes } = input;
    const bounds = boundsOf(input, world, caller);
    const refusal = firstRefusal(checkHost(member, caller), checkScopes(scopes, world, caller));
    if (refusal !== undefined) return refusal;
    if (isRefusal(bounds)) return bounds;
    const secret = newSecret('API_TOKEN');
    const tokenId = newId('tok');
    const wish = { description, scopes, ...bounds };
    const hash = hashSecretToken(secret);
    const decided = createApiToken(tokenId, member.id, hash, wish, world.now);
    const plan = planOf(decided, { tokenId, userId: member.id });
    return isRefusal(plan) ? plan : { ...plan, secret };
  },
};

export const apiTokenRevoke = onEntity<'apiToken', 'tokenId', ApiTokenRevokeInput>({
  mutation: 'apiTokenRevoke',
  kind: 'apiToken',
  field: 'tokenId',
  of: (token) => token?.userId,
  decide: (token) => {
    const { id: tokenId, userId } = token;
    return planOf([endApiToken(token)], { tokenId, userId });
  },
});
