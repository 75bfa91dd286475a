import { MUTATION_ACTIONS } from '../../access/operations';
import { RULES_VERSION } from '../../access/rules-version';
import { createApiToken } from '../../domain/api-token/decide';
import { addMember } from '../../domain/member/decide';
import { createOrganization, updateOrganization } from '../../domain/organization/decide';
import { isRefusal, refuse, type Refusal } from '../../domain/refusal';
import { hashSecretToken } from '../../keys/secret-token';
import type { Ask, Effect, Handler } from '../handler';
import type { OrganizationCreateInput, OrganizationUpdateInput } from '../inputs';
import { onEntity } from './on-entity';
import { planOf } from './plan';

/** Everything, as far as the member's own role goes. */
const ALL_SCOPES = ['read', 'write'];

function claimSlug(slug: string, owner: string): Effect {
  const otherwise = refuse('TAKEN', 'slug', "This slug is or was another organization's.");
  return { kind: 'CLAIM_NAME', scope: 'ORGANIZATION_SLUG', name: slug, owner, otherwise };
}

/** Faults of the first ADMIN's name and address, under the names the input has for them. */
function asAdminField(refusal: Refusal): Refusal {
  const [field] = refusal.field ?? [];
  return { ...refusal, field: [field === 'email' ? 'adminEmail' : 'adminName'] };
}

export const organizationCreate: Handler<OrganizationCreateInput> = {
  // Asked of where the caller is, so that a member is told no rather than that there is no such thing.
  asks: (_input, { organizationId: resource }) => [
    { action: MUTATION_ACTIONS.organizationCreate, resource, field: null },
  ],
  decide: (input, world, { newId, newSecret }) => {
    const organizationId = newId('org');
    const userId = newId('usr');
    const tokenId = newId('tok');
    const organization = createOrganization(organizationId, input, RULES_VERSION);
    if (isRefusal(organization)) return organization;
    const { adminName: name, adminEmail: email = null } = input;
    const admin = addMember(userId, { name, email, role: 'ADMIN', kind: 'PERSON' });
    if (isRefusal(admin)) return asAdminField(admin);
    const secret = newSecret('API_TOKEN');
    const wish = {
      description: 'First token of the first ADMIN',
      scopes: ALL_SCOPES,
      addressRanges: [],
      expiresAt: null,
    };
    const token = createApiToken(tokenId, userId, hashSecretToken(secret), wish, world.now);
    if (isRefusal(token)) return token;
    return {
      events: [...organization, ...admin, ...token],
      ids: { organizationId, userId, tokenId },
      effects: [claimSlug(input.slug, organizationId)],
      secret,
      creates: organizationId,
    };
  },
};

export const organizationUpdate = onEntity<
  'organization',
  'organizationId',
  OrganizationUpdateInput
>({
  mutation: 'organizationUpdate',
  kind: 'organization',
  field: 'organizationId',
  alsoAsks: ({ organizationId: resource, membersCanCreatePipelines }): readonly Ask[] =>
    membersCanCreatePipelines === undefined
      ? []
      : [{ action: 'pipeline-creation:manage', resource, field: 'membersCanCreatePipelines' }],
  decide: (organization, input) => {
    const { id: organizationId, slug } = organization;
    const renamed = input.slug !== undefined && input.slug !== slug;
    const effects = renamed ? [claimSlug(input.slug, organizationId)] : [];
    return planOf(updateOrganization(organization, input), { organizationId }, effects);
  },
});
