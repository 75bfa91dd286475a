import type { Api } from '../support/e2e/api';
import { ALL_SCOPES } from '../support/e2e/matrix/fixture';
import { startInstallation, type Installation } from '../support/e2e/matrix/installation';
import { send } from '../support/e2e/matrix/send';
import { Tenant, type Person } from '../support/e2e/matrix/tenant';

/* What holds for one client after another holds for many at once. */

const CLIENTS = 50;

let installation: Installation;
let tenant: Tenant;

beforeAll(async () => {
  installation = await startInstallation();
});

beforeEach(async () => {
  tenant = await Tenant.create(installation.api);
});

afterAll(async () => {
  await installation.stop();
});

function times<T>(count: number, make: (number: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, number) => make(number)));
}

async function administrators(count: number): Promise<{ person: Person; api: Api }[]> {
  return times(count, async () => {
    const person = await tenant.member('ADMIN');
    return { person, api: await person.as(ALL_SCOPES) };
  });
}

function sorted(answers: readonly { readonly code: string }[]): readonly string[] {
  return answers.map(({ code }) => code).sort();
}

/** How many events of a type the access ledger of the organization holds, as its ADMIN is told. */
async function countEvents(by: Api, type: string): Promise<number> {
  const { data } = await by.query(
    `query ($organizationId: ID!, $type: String!) {
      auditEvents(organizationId: $organizationId, filter: { type: $type }, first: 100) {
        nodes { position }
      }
    }`,
    { organizationId: tenant.id, type },
  );
  return (data.auditEvents.nodes as unknown[]).length;
}

test('of many clusters with one slug, one is made', async () => {
  const clients = await administrators(CLIENTS);
  const input = { organizationId: tenant.id, slug: 'wanted', name: 'Wanted' };
  const answers = await Promise.all(clients.map(({ api }) => send(api, 'clusterCreate', input)));
  expect(sorted(answers)).toEqual(['DONE', ...Array<string>(CLIENTS - 1).fill('TAKEN')]);
  expect(await countEvents(tenant.admin, 'ClusterCreated')).toBe(1);
});

test('of many organizations with one slug, one is made', async () => {
  const input = { slug: 'wanted-by-many', name: 'Wanted', adminName: 'First' };
  const answers = await times(CLIENTS, () => send(installation.api, 'organizationCreate', input));
  expect(sorted(answers)).toEqual(['DONE', ...Array<string>(CLIENTS - 1).fill('TAKEN')]);
});

test('of all ADMINs who leave at once, one stays', async () => {
  const leaving = await administrators(9);
  const everybody = [{ id: tenant.adminId, api: tenant.admin }].concat(
    leaving.map(({ person: { id }, api }) => ({ id, api })),
  );
  const answers = await Promise.all(
    everybody.map(({ id, api }) => send(api, 'organizationMemberRemove', { userId: id })),
  );
  expect(sorted(answers)).toEqual([...Array<string>(9).fill('DONE'), 'LAST_ADMIN']);
  const last = everybody[answers.findIndex(({ code }) => code === 'LAST_ADMIN')]?.api;
  expect(last && (await countEvents(last, 'MemberRemoved'))).toBe(9);
});

test('of two ADMINs who remove each other at once, one stays', async () => {
  const [other] = await administrators(1);
  if (other === undefined) throw new Error('there is no other ADMIN');
  const answers = await Promise.all([
    send(tenant.admin, 'organizationMemberRemove', { userId: other.person.id }),
    send(other.api, 'organizationMemberRemove', { userId: tenant.adminId }),
  ]);
  expect(sorted(answers)).toEqual(['DONE', 'UNAUTHENTICATED']);
  const [first] = answers;
  const stays = first.code === 'DONE' ? tenant.admin : other.api;
  expect(await countEvents(stays, 'MemberRemoved')).toBe(1);
});

test('one idempotency key, sent many times at once, does it once', async () => {
  const input = {
    organizationId: tenant.id,
    slug: 'once',
    name: 'Once',
    idempotencyKey: 'the-same-for-all',
  };
  const answers = await times(CLIENTS, () => send(tenant.admin, 'teamCreate', input));
  expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(['DONE']));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(await countEvents(tenant.admin, 'TeamCreated')).toBe(1);
});

test('one idempotency key with different inputs at once does one of them', async () => {
  const answers = await times(CLIENTS, (number) =>
    send(tenant.admin, 'teamCreate', {
      organizationId: tenant.id,
      slug: `team-${number}`,
      name: 'One of many',
      idempotencyKey: 'the-same-for-all',
    }),
  );
  const reused = Array<string>(CLIENTS - 1).fill('IDEMPOTENCY_KEY_REUSED');
  expect(sorted(answers)).toEqual(['DONE', ...reused]);
  expect(await countEvents(tenant.admin, 'TeamCreated')).toBe(1);
});
