import { Type } from '@sinclair/typebox';
import { defineEvent, idOf, type EventOf } from '../event';
import { NAME_MAX, SLUG_PATTERN } from '../text';

const organizationId = idOf('org');
const slug = Type.String({ pattern: SLUG_PATTERN });
const name = Type.String({ minLength: 1, maxLength: NAME_MAX });

export const OrganizationCreated = defineEvent({
  type: 'OrganizationCreated',
  entity: 'organization',
  id: 'organizationId',
  data: { organizationId, slug, membersCanCreatePipelines: Type.Boolean() },
  personal: { name },
});

export const OrganizationUpdated = defineEvent({
  type: 'OrganizationUpdated',
  entity: 'organization',
  id: 'organizationId',
  data: { organizationId, slug: Type.Optional(slug) },
  personal: { name: Type.Optional(name) },
});

/** Whether every member with `cluster:use` may create pipelines there. */
export const OrganizationPipelineCreationSet = defineEvent({
  type: 'OrganizationPipelineCreationSet',
  entity: 'organization',
  id: 'organizationId',
  data: { organizationId, membersCanCreatePipelines: Type.Boolean() },
});

/** From here on answers use this version of the access rules; earlier moments keep theirs. */
export const RulesAdopted = defineEvent({
  type: 'RulesAdopted',
  entity: 'organization',
  id: 'organizationId',
  data: { organizationId, rulesVersion: Type.Integer({ minimum: 1 }) },
});

export type OrganizationEvent =
  | EventOf<typeof OrganizationCreated>
  | EventOf<typeof OrganizationUpdated>
  | EventOf<typeof OrganizationPipelineCreationSet>
  | EventOf<typeof RulesAdopted>;

export const organizationEvents = [
  OrganizationCreated,
  OrganizationUpdated,
  OrganizationPipelineCreationSet,
  RulesAdopted,
];
