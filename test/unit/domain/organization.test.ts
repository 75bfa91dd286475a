import { createOrganization, updateOrganization } from '../../../src/domain/organization/decide';
import {
  OrganizationCreated,
  OrganizationPipelineCreationSet,
  OrganizationUpdated,
  RulesAdopted,
} from '../../../src/domain/organization/events';
import { given } from '../../support/given-when-then';
import { sampleId } from '../../support/sample-ids';

const organizationId = sampleId('org');
const created = OrganizationCreated.make(
  { organizationId, slug: 'acme', membersCanCreatePipelines: false },
  { name: 'Acme' },
);

test('a new organization lets no member create pipelines and adopts the rules', () => {
  given()
    .when(() => createOrganization(organizationId, { slug: 'acme', name: 'Acme' }, 3))
    .then([created, RulesAdopted.make({ organizationId, rulesVersion: 3 })]);
});

test.each([
  [{ slug: 'Acme', name: 'Acme' }, 'slug'],
  [{ slug: 'acme', name: '' }, 'name'],
])('%j is refused for its %s', (wish, field) => {
  given()
    .when(() => createOrganization(organizationId, wish, 1))
    .thenRefused('INVALID', field);
});

test('an update tells only what changes', () => {
  given(created)
    .when((state) =>
      updateOrganization(state('organization', organizationId), { slug: 'acme', name: 'Acme 2' }),
    )
    .then([OrganizationUpdated.make({ organizationId }, { name: 'Acme 2' })]);
});

test('a slug and the setting are two events', () => {
  const wish = { slug: 'acme-2', membersCanCreatePipelines: true };
  given(created)
    .when((state) => updateOrganization(state('organization', organizationId), wish))
    .then([
      OrganizationUpdated.make({ organizationId, slug: 'acme-2' }),
      OrganizationPipelineCreationSet.make({ organizationId, membersCanCreatePipelines: true }),
    ]);
});

test('what is so already is no event', () => {
  const wish = { slug: 'acme', name: 'Acme', membersCanCreatePipelines: false, expectedVersion: 1 };
  given(created)
    .when((state) => updateOrganization(state('organization', organizationId), wish))
    .then([]);
});

test('a stale version is refused with the actual one, before anything else', () => {
  const refusal = given(created, OrganizationUpdated.make({ organizationId, slug: 'acme-2' }))
    .when((state) =>
      updateOrganization(state('organization', organizationId), { slug: '!', expectedVersion: 1 }),
    )
    .thenRefused('CONFLICT', 'expectedVersion');
  expect(refusal.actualVersion).toBe(2);
});
