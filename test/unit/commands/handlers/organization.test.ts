import { hashSecretToken, parseSecretToken } from '../../../../src/keys/secret-token';
import { MemoryOrganization } from '../../../support/memory-organization';

test('an organization begins with one ADMIN, the rules and a token shown once', () => {
  const acme = new MemoryOrganization();
  const { id, world, admin } = acme;
  expect(world.get('organization', id)).toMatchObject({
    slug: 'acme',
    name: 'Acme',
    membersCanCreatePipelines: false,
    rulesVersion: 1,
  });
  expect(world.facts.on(id, 'member', 'ADMIN').map(({ subject }) => subject)).toEqual([
    admin.userId,
  ]);
  expect(world.get('apiToken', admin.tokenId)).toMatchObject({
    userId: admin.userId,
    scopes: ['read', 'write'],
    expiresAt: null,
  });
  expect(acme.claimed).toEqual(new Map([['ORGANIZATION_SLUG acme', id]]));
});

test('only the installation creates one; its slug is free in the whole installation', () => {
  const acme = new MemoryOrganization();
  const input = { slug: 'acme', name: 'Acme', adminName: 'Ada' };
  acme.refused(acme.admin, 'organizationCreate', input, 'FORBIDDEN');
  acme.refused({ kind: 'HOST', organizationId: acme.id }, 'organizationCreate', input, 'NOT_FOUND');
  acme.refused({ kind: 'INSTALLATION' }, 'organizationCreate', input, 'TAKEN', 'slug');
});

test('the secret is a token whose hash alone is recorded', () => {
  const acme = new MemoryOrganization();
  const { secret, events } = acme.plan({ kind: 'INSTALLATION' }, 'organizationCreate', {
    ...{ slug: 'beta', name: 'Beta', adminName: 'Bo', adminEmail: 'bo@beta.example' },
  });
  expect(parseSecretToken(secret ?? '')).toBe('API_TOKEN');
  expect(JSON.stringify(events)).not.toContain(secret);
  expect(events.at(-1)?.data['tokenHash']).toBe(hashSecretToken(secret ?? ''));
});

test.each([
  [{ slug: '-' }, 'slug'],
  [{ name: '' }, 'name'],
  [{ adminName: '' }, 'adminName'],
  [{ adminEmail: 'nobody' }, 'adminEmail'],
])('%j is refused for its %s', (change, field) => {
  const acme = new MemoryOrganization();
  const input = { slug: 'beta', name: 'Beta', adminName: 'Bo', ...change };
  acme.refused({ kind: 'INSTALLATION' }, 'organizationCreate', input, 'INVALID', field);
});

test('ADMINs update it, and take back its own old slug', () => {
  const acme = new MemoryOrganization();
  const organizationId = acme.id;
  acme.do(acme.admin, 'organizationUpdate', { organizationId, slug: 'acme-2' });
  acme.do(acme.admin, 'organizationUpdate', { organizationId, slug: 'acme' });
  expect(acme.claimed.get('ORGANIZATION_SLUG acme-2')).toBe(organizationId);
  acme.claimed.set('ORGANIZATION_SLUG beta', 'org_other');
  acme.refused(acme.admin, 'organizationUpdate', { organizationId, slug: 'beta' }, 'TAKEN', 'slug');
  for (const role of ['MEMBER', 'AUDITOR'] as const) {
    const other = acme.member(role);
    acme.refused(other, 'organizationUpdate', { organizationId, name: 'Mine' }, 'FORBIDDEN');
  }
});

test("another organization's id is answered like an unknown one", () => {
  const acme = new MemoryOrganization();
  const unknown = { organizationId: acme.newId('org'), name: 'X' };
  acme.refused(acme.admin, 'organizationUpdate', unknown, 'NOT_FOUND', 'organizationId');
});

test('a token for organization:manage alone does not switch pipeline creation on', () => {
  const acme = new MemoryOrganization();
  const narrow = acme.token(acme.admin.userId, ['organization:manage']);
  const organizationId = acme.id;
  acme.do(narrow, 'organizationUpdate', { organizationId, name: 'Acme 2' });
  const switched = { organizationId, membersCanCreatePipelines: true };
  acme.refused(narrow, 'organizationUpdate', switched, 'FORBIDDEN');
  acme.do(acme.admin, 'organizationUpdate', switched);
  expect(acme.world.facts.between(organizationId, 'pipelineCreation', organizationId)).toHaveLength(
    1,
  );
});
