import { setTimeout as pause } from 'node:timers/promises';
import type { Api } from '../support/e2e/api';
import { ALL_SCOPES } from '../support/e2e/matrix/fixture';
import { startInstallation, type Installation } from '../support/e2e/matrix/installation';
import { send } from '../support/e2e/matrix/send';
import { Tenant } from '../support/e2e/matrix/tenant';

/* Lists about access through a real server, its writer and its reader, while others write. */

interface Page {
  readonly moment: { readonly position: number; readonly instant: string };
  readonly ids: readonly string[];
  readonly hiddenCount: number;
  readonly next: string | null;
}

let installation: Installation;
let tenant: Tenant;
let clusterId: string;

beforeAll(async () => {
  installation = await startInstallation();
});
beforeEach(async () => {
  tenant = await Tenant.create(installation.api);
  clusterId = await tenant.cluster();
});
afterAll(async () => {
  await installation.stop();
});

const SUBJECTS = `query ($id: ID!, $action: String!, $first: Int!, $after: String, $atLeast: Position) {
  list: accessSubjects(action: $action, resourceId: $id, first: $first, after: $after, atLeast: $atLeast) {
    moment { position instant } hiddenCount
    nodes { id: subjectId } pageInfo { hasNextPage endCursor }
  }
}`;
const RESOURCES = SUBJECTS.replace('accessSubjects', 'accessResources')
  .replace('resourceId: $id', 'subjectId: $id')
  .replace('id: subjectId', 'id: resourceId');

async function page(by: Api, query: string, told: object): Promise<Page> {
  const { data, errors } = await by.query(query, { first: 100, after: null, ...told });
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  const { moment, hiddenCount, nodes, pageInfo } = data.list;
  const ids = (nodes as { id: string }[]).map(({ id }) => id);
  return { moment, hiddenCount, ids, next: pageInfo.hasNextPage ? pageInfo.endCursor : null };
}

/** All pages, one after the other; between two of them something else may happen. */
async function pages(by: Api, query: string, told: object, between: () => Promise<void>) {
  const found = [await page(by, query, told)];
  for (let after = found[0]?.next ?? null; after !== null; after = found.at(-1)?.next ?? null) {
    await between();
    found.push(await page(by, query, { ...told, after }));
  }
  return found;
}

function expectOneMoment(found: readonly Page[]): void {
  const [first] = found;
  for (const { moment } of found) expect(moment).toEqual(first?.moment);
  expect(found.length).toBeGreaterThan(4);
}

/** A member whose USE ends at an instant that lies before that of a later question. */
async function expiring(): Promise<{ readonly id: string; readonly endsAt: number }> {
  const { id } = await tenant.member();
  const endsAt = Date.now() + 3000;
  const expiresAt = new Date(endsAt).toISOString();
  const answer = await send(tenant.admin, 'clusterGrant', {
    ...{ clusterId, userId: id, level: 'USE', expiresAt },
  });
  expect(answer.code).toBe('DONE');
  return { id, endsAt };
}

test('turned under writes and across an expiry, pages are of one moment: no gap, no duplicate', async () => {
  const people = await Promise.all(Array.from({ length: 40 }, () => tenant.user(clusterId)));
  const told = { id: clusterId, action: 'cluster:use', first: 5 };
  let brief = await expiring();
  let first = await page(tenant.admin, SUBJECTS, told);
  while (Date.parse(first.moment.instant) >= brief.endsAt) {
    await send(tenant.admin, 'organizationMemberRemove', { userId: brief.id });
    brief = await expiring();
    first = await page(tenant.admin, SUBJECTS, told);
  }
  const known = [...people.map(({ id }) => id), brief.id, tenant.adminId].sort();
  let turns = 0;
  const added: string[] = [];
  const found = [first];
  for (let after = first.next; after !== null; after = found.at(-1)?.next ?? null) {
    turns += 1;
    // Somebody comes and somebody goes, before and after where the pages stand.
    const gone = people[turns % 2 === 0 ? turns : people.length - turns]?.id ?? '';
    if (turns === 3) await pause(Math.max(0, brief.endsAt - Date.now()));
    const [turned, came] = await Promise.all([
      page(tenant.admin, SUBJECTS, { ...told, after }),
      tenant.user(clusterId),
      send(tenant.admin, 'organizationMemberRemove', { userId: gone }),
    ]);
    added.push(came.id);
    found.push(turned);
  }
  expectOneMoment(found);
  expect(found.flatMap(({ ids }) => ids)).toEqual(known);

  const fresh = (
    await pages(tenant.admin, SUBJECTS, { ...told, first: 7 }, () => Promise.resolve())
  ).flatMap(({ ids }) => ids);
  expect(fresh).not.toContain(brief.id);
  expect(fresh).toEqual(expect.arrayContaining(added));
  expect(new Set(fresh).size).toBe(fresh.length);
});

test('everything that an ADMIN may use, while clusters come and go', async () => {
  const clusters = [
    clusterId,
    ...(await Promise.all(Array.from({ length: 24 }, () => tenant.cluster()))),
  ];
  const told = { id: tenant.adminId, action: 'cluster:use', first: 4 };
  let turn = 0;
  const found = await pages(tenant.admin, RESOURCES, told, async () => {
    turn += 1;
    const deleted = { clusterId: clusters[clusters.length - turn] };
    await Promise.all([tenant.cluster(), send(tenant.admin, 'clusterDelete', deleted)]);
  });
  expectOneMoment(found);
  expect(found.flatMap(({ ids }) => ids)).toEqual(clusters.sort());
});

test('what was just written is in the list that asks for its position', async () => {
  for (let turn = 0; turn < 10; turn += 1) {
    const { id } = await tenant.member();
    const input = { clusterId, userId: id, level: 'USE' };
    const { position } = await tenant.admin.do('clusterGrant', input, 'position');
    const told = { id: clusterId, action: 'cluster:use', atLeast: position };
    expect((await page(tenant.admin, SUBJECTS, told)).ids).toContain(id);
    const own = { id, action: 'cluster:use', atLeast: position };
    expect((await page(tenant.admin, RESOURCES, own)).ids).toEqual([clusterId]);
  }
});

test('who lost the right to ask finds only themselves, also by a cursor from before', async () => {
  await Promise.all(Array.from({ length: 5 }, () => tenant.user(clusterId)));
  const asker = await tenant.member();
  const role = await tenant.maintain(clusterId, { userId: asker.id });
  const api = await asker.as(ALL_SCOPES);
  const told = { id: clusterId, action: 'cluster:use', first: 2 };
  const first = await page(api, SUBJECTS, told);
  expect(first.ids).toHaveLength(2);
  await tenant.admin.do('clusterMaintainerRemove', { maintainerId: role });
  const second = await page(api, SUBJECTS, { ...told, after: first.next });
  expect(second).toMatchObject({ ids: [asker.id], next: null, hiddenCount: 0 });
  const unknown = { ...told, id: `clu_${'0'.repeat(26)}` };
  const { ids, next, hiddenCount } = await page(api, SUBJECTS, unknown);
  expect(await page(api, SUBJECTS, told)).toMatchObject({ ids, next, hiddenCount });
});

test('a cursor of another organization is no cursor', async () => {
  await tenant.user(clusterId);
  const told = { id: clusterId, action: 'cluster:use', first: 1 };
  const { next } = await page(tenant.admin, SUBJECTS, told);
  const { errors } = await installation.foreign.admin.query(SUBJECTS, { ...told, after: next });
  expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
});
