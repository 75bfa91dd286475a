import { hashSecretToken, parseSecretToken } from '../../../../src/keys/secret-token';
import { MemoryOrganization } from '../../../support/memory-organization';

test('members make their own, shown once, recorded by its hash', () => {
  const acme = new MemoryOrganization();
  const member = acme.member();
  const { userId } = member;
  const plan = acme.plan(member, 'apiTokenCreate', {
    ...{ userId, scopes: ['read'], addressRanges: ['10.0.0.0/8'], description: 'CI' },
  });
  const secret = plan.secret ?? '';
  expect(parseSecretToken(secret)).toBe('API_TOKEN');
  expect(JSON.stringify(plan.events)).not.toContain(secret);
  expect(acme.world.get('apiToken', plan.ids['tokenId']!)).toMatchObject({
    ...{ userId, scopes: ['read'], addressRanges: ['10.0.0.0/8'], description: 'CI' },
    tokenHash: hashSecretToken(secret),
  });
});

test('an AUDITOR makes their own', () => {
  const acme = new MemoryOrganization();
  const auditor = acme.member('AUDITOR');
  acme.do(auditor, 'apiTokenCreate', { userId: auditor.userId, scopes: ['read'] });
});

test("nobody makes another person's; an ADMIN makes a service's", () => {
  const acme = new MemoryOrganization();
  const { admin } = acme;
  const [person, service] = [acme.member(), acme.member('MEMBER', ['read'], 'SERVICE')];
  const scopes = ['read'];
  acme.refused(admin, 'apiTokenCreate', { userId: person.userId, scopes }, 'FORBIDDEN');
  acme.refused(person, 'apiTokenCreate', { userId: service.userId, scopes }, 'FORBIDDEN');
  acme.do(admin, 'apiTokenCreate', { userId: service.userId, scopes });
  const unknown = { userId: acme.newId('usr'), scopes };
  acme.refused(admin, 'apiTokenCreate', unknown, 'NOT_FOUND', 'userId');
});

test('never wider than the token in use', () => {
  const acme = new MemoryOrganization();
  const { userId } = acme.member();
  const narrow = acme.token(userId, ['api-token:create', 'cluster:read']);
  const make = (scopes: string[]) => ({ userId, scopes });
  acme.do(narrow, 'apiTokenCreate', make(['cluster:read']));
  for (const scopes of [['write'], ['read'], ['pipeline:build'], ['cluster:read', 'team:read']]) {
    acme.refused(narrow, 'apiTokenCreate', make(scopes), 'SCOPE_TOO_WIDE', 'scopes');
  }
  const reader = acme.token(userId, ['read']);
  acme.refused(reader, 'apiTokenCreate', make(['read']), 'FORBIDDEN');
});

test.each([[[]], [['everything']], [['read', 'read']], [['constructor']]])(
  'scopes %j are refused',
  (scopes) => {
    const acme = new MemoryOrganization();
    const input = { userId: acme.admin.userId, scopes };
    acme.refused(acme.admin, 'apiTokenCreate', input, 'INVALID', 'scopes');
  },
);

test('on the host a lost token of an ADMIN is replaced, and of nobody else', () => {
  const acme = new MemoryOrganization();
  const host = { kind: 'HOST', organizationId: acme.id } as const;
  const scopes = ['read', 'write'];
  acme.do(host, 'apiTokenCreate', { userId: acme.admin.userId, scopes });
  for (const role of ['MEMBER', 'AUDITOR'] as const) {
    const { userId } = acme.member(role);
    acme.refused(host, 'apiTokenCreate', { userId, scopes }, 'NOT_ELIGIBLE', 'userId');
  }
});

test("a token is revoked by its member or an ADMIN; another's is like none", () => {
  const acme = new MemoryOrganization();
  const [member, other] = [acme.member(), acme.member()];
  const { tokenId } = member;
  acme.refused(other, 'apiTokenRevoke', { tokenId }, 'NOT_FOUND', 'tokenId');
  acme.do(acme.admin, 'apiTokenRevoke', { tokenId });
  acme.refused(member, 'apiTokenRevoke', { tokenId }, 'UNAUTHENTICATED');
  acme.refused(acme.admin, 'apiTokenRevoke', { tokenId }, 'NOT_FOUND', 'tokenId');
  acme.do(other, 'apiTokenRevoke', { tokenId: other.tokenId });
});
