import { ALL_SCOPES } from '../support/e2e/matrix/fixture';
import { startInstallation, type Installation } from '../support/e2e/matrix/installation';
import { Tenant } from '../support/e2e/matrix/tenant';
import type { Api, Result } from '../support/e2e/api';

/*
 * A mutation is repeated with its idempotency key after the caller has lost the right to it: they
 * learn that it was done and where, which was their own doing, and of all else what they may read now.
 */

let installation: Installation;
let tenant: Tenant;

beforeAll(async () => {
  installation = await startInstallation();
});

afterAll(async () => {
  await installation.stop();
});

beforeEach(async () => {
  tenant = await Tenant.create(installation.api);
});

type Send = (by?: Api) => Promise<Result>;

/** A mutation under one key, done once; and the way to send it again, the same or by another. */
async function once(
  by: Api,
  mutation: string,
  input: Readonly<Record<string, unknown>>,
  fields: string,
): Promise<{ readonly first: Result; readonly again: Send }> {
  const again: Send = (caller = by) =>
    caller.try(mutation, { ...input, idempotencyKey: 'once' }, `position ${fields}`);
  const first = await again();
  expect(first.code).toBe('DONE');
  return { first, again };
}

/** Sends it again and expects that nothing is written. */
async function quietly(again: Send, by?: Api): Promise<Result> {
  const before = installation.contents.read();
  const result = await again(by);
  expect(installation.contents.read()).toEqual(before);
  return result;
}

const pipeline = (clusterId: string) => ({
  organizationId: tenant.id,
  clusterId,
  slug: 'once',
  name: 'Once',
});

test('who left the team that the right came through sees no more of what they made', async () => {
  const [clusterId, teamId, person] = await Promise.all([
    tenant.cluster(),
    tenant.team(true),
    tenant.member(),
  ]);
  await tenant.grantCluster(clusterId, { teamId }, 'USE');
  const teamMemberId = await tenant.join(teamId, person.id);
  const input = { ...pipeline(clusterId), teamId };
  const fields = 'pipeline { id } grant { id }';
  const api = await person.as(ALL_SCOPES);
  const { first, again } = await once(api, 'pipelineCreate', input, fields);
  expect((await quietly(again)).payload).toEqual(first.payload);
  await tenant.admin.do('teamMemberRemove', { teamMemberId });
  const nothing = { position: first.payload.position, pipeline: null, grant: null, userErrors: [] };
  expect((await quietly(again)).payload).toEqual(nothing);
});

test('who is no ADMIN any more sees nothing of the cluster they made', async () => {
  const person = await tenant.member('ADMIN');
  const input = { organizationId: tenant.id, slug: 'once', name: 'Once' };
  const api = await person.as(ALL_SCOPES);
  const { first, again } = await once(api, 'clusterCreate', input, 'cluster { id }');
  const { id } = first.payload.cluster;
  await tenant.admin.do('organizationMemberUpdate', { userId: person.id, role: 'MEMBER' });
  const { position } = first.payload;
  expect((await quietly(again)).payload).toEqual({ position, cluster: null, userErrors: [] });
  await tenant.grantCluster(id, { userId: person.id }, 'VIEW');
  expect((await quietly(again)).payload.cluster).toEqual({ id });
});

test('what has gone since is not shown, and that it went is told as often as asked', async () => {
  const input = { organizationId: tenant.id, slug: 'once', name: 'Once' };
  const made = await once(tenant.admin, 'clusterCreate', input, 'cluster { id }');
  const { id: clusterId } = made.first.payload.cluster;
  const gone = await once(tenant.admin, 'clusterDelete', { clusterId }, 'deletedClusterId');
  expect(gone.first.payload.deletedClusterId).toBe(clusterId);
  expect((await quietly(gone.again)).payload).toEqual(gone.first.payload);
  expect((await quietly(made.again)).payload).toMatchObject({ cluster: null, userErrors: [] });
});

test('who used their right up in doing it is told that it was done', async () => {
  const [teamId, person] = await Promise.all([tenant.team(), tenant.member()]);
  const teamMemberId = await tenant.join(teamId, person.id, 'MAINTAINER');
  const api = await person.as(ALL_SCOPES);
  const fields = 'removedTeamMemberId';
  const { first, again } = await once(api, 'teamMemberRemove', { teamMemberId }, fields);
  expect(first.payload.removedTeamMemberId).toBe(teamMemberId);
  expect((await quietly(again)).payload).toEqual(first.payload);
  const anew = await api.try('teamMemberRemove', { teamMemberId });
  expect(anew.code).toBe('NOT_FOUND');
});

test('a secret is shown once', async () => {
  const person = await tenant.member();
  const api = await person.as(ALL_SCOPES);
  const input = { userId: person.id, scopes: ['read'] };
  const { first, again } = await once(api, 'apiTokenCreate', input, 'secret apiToken { id }');
  expect(first.payload.secret).toMatch(/^plsd_/u);
  const repeated = await quietly(again);
  expect(repeated.code).toBe('SECRET_ALREADY_SHOWN');
  const { position, apiToken } = first.payload;
  expect(repeated.payload).toMatchObject({ position, apiToken, secret: null });
});

test('a token that is not for such things, and whoever is no member any more, learn nothing', async () => {
  const [person, clusterId] = await Promise.all([tenant.member(), tenant.cluster()]);
  await tenant.maintain(clusterId, { userId: person.id });
  const [api, narrow] = await Promise.all([person.as(ALL_SCOPES), person.as(['read'])]);
  const { again } = await once(api, 'pipelineCreate', pipeline(clusterId), 'pipeline { id }');
  expect((await quietly(again, narrow)).code).toBe('FORBIDDEN');
  await tenant.admin.do('organizationMemberRemove', { userId: person.id });
  expect((await quietly(again)).code).toBe('UNAUTHENTICATED');
});

test("another's key is one's own, and is judged by one's own rights", async () => {
  const [person, other, clusterId] = await Promise.all([
    tenant.member(),
    tenant.member(),
    tenant.cluster(),
  ]);
  await tenant.maintain(clusterId, { userId: person.id });
  const api = await person.as(ALL_SCOPES);
  const { again } = await once(api, 'pipelineCreate', pipeline(clusterId), 'pipeline { id }');
  expect((await quietly(again, await other.as(ALL_SCOPES))).code).toBe('NOT_FOUND');
  expect((await quietly(again, await other.as(['read']))).code).toBe('FORBIDDEN');
});
