import type { Occurrence } from '../event';
import type { OrganizationId } from '../id';
import type { OrganizationEvent } from './events';

export interface Organization {
  readonly id: OrganizationId;
  readonly slug: string;
  readonly name: string;
  readonly membersCanCreatePipelines: boolean;
  readonly rulesVersion: number;
  readonly createdAt: number;
}

/** Folds one event into the organization. */
export function evolveOrganization(
  before: Organization | undefined,
  event: OrganizationEvent,
  at: Occurrence,
): Organization | undefined {
  if (event.type === 'OrganizationCreated') {
    const { organizationId, slug, membersCanCreatePipelines } = event.data;
    return {
      id: organizationId,
      slug,
      name: event.personal?.name ?? slug,
      membersCanCreatePipelines,
      rulesVersion: 1,
      createdAt: at.recordedAt,
    };
  }
  if (before === undefined) return undefined;
  switch (event.type) {
    case 'OrganizationUpdated':
      return {
        ...before,
        slug: event.data.slug ?? before.slug,
        name: event.personal?.name ?? before.name,
      };
    case 'OrganizationPipelineCreationSet':
      return { ...before, membersCanCreatePipelines: event.data.membersCanCreatePipelines };
    case 'RulesAdopted':
      return { ...before, rulesVersion: event.data.rulesVersion };
  }
}
