import { changes, type Decided } from '../decided';
import type { Versioned } from '../entity';
import type { DomainEvent } from '../event';
import { checkName, checkSlug, firstRefusal } from '../fields';
import type { OrganizationId } from '../id';
import { checkVersion } from '../refusal';
import {
  OrganizationCreated,
  OrganizationPipelineCreationSet,
  OrganizationUpdated,
  RulesAdopted,
} from './events';

/** A new organization, in which members cannot create pipelines until an ADMIN lets them. */
export function createOrganization(
  organizationId: OrganizationId,
  wish: { readonly slug: string; readonly name: string },
  rulesVersion: number,
): Decided {
  const { slug, name } = wish;
  const refusal = firstRefusal(checkSlug(slug), checkName(name));
  if (refusal !== undefined) return refusal;
  return [
    OrganizationCreated.make({ organizationId, slug, membersCanCreatePipelines: false }, { name }),
    RulesAdopted.make({ organizationId, rulesVersion }),
  ];
}

export interface OrganizationWish {
  readonly slug?: string;
  readonly name?: string;
  readonly membersCanCreatePipelines?: boolean;
  readonly expectedVersion?: number;
}

/** The slug is claimed in the whole installation, which the caller must see to. */
export function updateOrganization(
  organization: Versioned<'organization'>,
  wish: OrganizationWish,
): Decided {
  const { slug, name, membersCanCreatePipelines } = wish;
  const refusal = firstRefusal(
    checkVersion(organization.version, wish.expectedVersion),
    checkSlug(slug),
    checkName(name),
  );
  if (refusal !== undefined) return refusal;
  const organizationId = organization.id;
  const events: DomainEvent[] = [];
  const data = changes(organization, { slug });
  const personal = changes(organization, { name });
  if (data ?? personal) {
    events.push(OrganizationUpdated.make({ organizationId, ...data }, personal));
  }
  const lets = membersCanCreatePipelines;
  if (lets !== undefined && lets !== organization.membersCanCreatePipelines) {
    events.push(
      OrganizationPipelineCreationSet.make({ organizationId, membersCanCreatePipelines: lets }),
    );
  }
  return events;
}
