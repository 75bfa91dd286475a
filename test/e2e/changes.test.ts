import { setTimeout as pause } from 'node:timers/promises';
import type { Api } from '../support/e2e/api';
import { startInstallation, type Installation } from '../support/e2e/matrix/installation';
import { Tenant } from '../support/e2e/matrix/tenant';

/* What changed between two moments, through a real server and its reader. */

interface Changes {
  readonly from: { readonly position: number };
  readonly to: { readonly position: number };
  readonly rulesVersion: number;
  readonly difference: {
    readonly shownCount: number;
    readonly hiddenCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    readonly nodes: readonly {
      readonly subject: { readonly id: string };
      readonly resource: { readonly id: string };
      readonly actions: readonly { readonly action: string; readonly causes: readonly unknown[] }[];
    }[];
  };
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

const CHANGES = `query ($from: AsOfInput!, $to: AsOfInput, $first: Int! = 100, $after: String, $atLeast: Position) {
  accessChanges(from: $from, to: $to, first: $first, after: $after, atLeast: $atLeast) {
    from { position } to { position instant } rulesVersion
    difference {
      shownCount hiddenCount pageInfo { hasNextPage endCursor }
      nodes {
        subject { id node { id } } resource { id kind }
        actions { action change hiddenCauseCount reason { rule facts { relation } }
          causes { how fact { relation objectId expiresAt event { position } } event { position type actor { id } } } }
      }
    }
  }
}`;

const ask = (by: Api, from: object, more: object = {}) => by.query(CHANGES, { from, ...more });

async function changes(by: Api, from: object, more: object = {}): Promise<Changes> {
  const { data, errors } = await ask(by, from, more);
  expect(errors).toBeUndefined();
  return data.accessChanges as Changes;
}

/** Where the access ledger stands. */
async function position(): Promise<number> {
  return (await changes(tenant.admin, { position: 1 })).to.position;
}

async function grantUse(userId: string, expiresAt?: string): Promise<number> {
  const input = { clusterId, userId, level: 'USE', ...(expiresAt && { expiresAt }) };
  return (await tenant.admin.do('clusterGrant', input, 'position')).position;
}

test('an event that gave, an expiry that took, each with its evidence', async () => {
  const { id } = await tenant.member();
  const before = await position();
  const expiresAt = new Date(Date.now() + 700).toISOString();
  const at = await grantUse(id, expiresAt);

  const gained = await changes(tenant.admin, { position: before }, { to: { position: at } });
  expect(gained).toMatchObject({ from: { position: before }, to: { position: at } });
  expect(gained.rulesVersion).toBe(1);
  const [pair] = gained.difference.nodes;
  expect(pair).toMatchObject({ subject: { id, node: { id } }, resource: { id: clusterId } });
  const use = pair?.actions.find(({ action }) => action === 'cluster:use');
  expect(use).toMatchObject({ change: 'GAINED', hiddenCauseCount: 0 });
  const event = { position: at, type: 'ClusterGranted', actor: { id: tenant.adminId } };
  const fact = { relation: 'clusterGrant', objectId: clusterId, event: { position: at } };
  expect(use?.causes).toMatchObject([{ how: 'OPENED', fact, event }]);

  await pause(Math.max(0, Date.parse(expiresAt) - Date.now()) + 5);
  const lost = await changes(tenant.admin, { position: at });
  expect(lost.to.position).toBe(at);
  const ended = lost.difference.nodes[0]?.actions.find(({ action }) => action === 'cluster:use');
  expect(ended).toMatchObject({ change: 'LOST', causes: [{ how: 'EXPIRED', fact, event: null }] });
  const nothing = await changes(tenant.admin, { position: before });
  expect(nothing.difference).toMatchObject({ shownCount: 0, hiddenCount: 0, nodes: [] });
});

test('pages of both moments, whatever is recorded between them', async () => {
  const before = await position();
  for (let number = 0; number < 3; number += 1) await tenant.user(clusterId);
  const whole = await changes(tenant.admin, { position: before });
  const found: Changes[] = [];
  for (let after: string | null = null; ;) {
    const page = await changes(tenant.admin, { position: before }, { first: 2, after });
    expect(page.to).toEqual((found[0] ?? page).to);
    found.push(page);
    if (!page.difference.pageInfo.hasNextPage) break;
    after = page.difference.pageInfo.endCursor;
    await tenant.user(clusterId);
  }
  expect(found.length).toBeGreaterThan(1);
  const nodes = found.flatMap(({ difference }) => difference.nodes);
  expect(nodes).toEqual(whole.difference.nodes);
  const cursor = found[0]?.difference.pageInfo.endCursor;
  for (const [from, more] of [
    [{ position: before + 1 }, { after: cursor }],
    [{ position: before }, { after: cursor, to: { position: before } }],
  ] as const) {
    const { errors } = await ask(tenant.admin, from, more);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  }
});

test('one is shown what one may ask about today, and nothing is told of the rest', async () => {
  const manager = await tenant.maintainer(clusterId);
  const hidden = await tenant.cluster();
  const before = await position();
  const { id } = await tenant.member();
  await grantUse(id);
  await tenant.grantCluster(hidden, { userId: id }, 'USE');
  const all = (await changes(tenant.admin, { position: before })).difference;
  expect(all.hiddenCount).toBe(0);

  const seen = (await changes(await manager.as(['read']), { position: before })).difference;
  expect(seen.nodes.map(({ resource }) => resource.id)).toEqual([clusterId]);
  expect(seen.hiddenCount).toBe(0);

  const { to } = await changes(tenant.admin, { position: before });
  const stranger = await (await tenant.member()).as(['read']);
  const none = (await changes(stranger, { position: before }, { to: { position: to.position } }))
    .difference;
  expect([none.nodes, none.hiddenCount]).toEqual([[], 0]);

  // What is gone by now is known to those alone who read everything.
  const ofHidden = await tenant.maintainer(hidden);
  await tenant.admin.do('clusterDelete', { clusterId: hidden }, 'position');
  const span = { to: { position: to.position } };
  const auditor = await (await tenant.member('AUDITOR')).as(['read']);
  const gone = await changes(auditor, { position: before }, span);
  expect(gone.difference).toMatchObject({ shownCount: all.shownCount, hiddenCount: 0 });
  const former = await changes(await ofHidden.as(['read']), { position: before }, span);
  expect(former.difference.nodes).toEqual([]);
});

test('who is gone by now is counted, as in lists, and told to those who read everything', async () => {
  const manager = await (await tenant.maintainer(clusterId)).as(['read']);
  const { id } = await tenant.member();
  await grantUse(id);
  const before = await position();
  await tenant.admin.do('organizationMemberRemove', { userId: id }, 'position');
  const all = (await changes(tenant.admin, { position: before })).difference;
  expect(all.nodes).toContainEqual(expect.objectContaining({ subject: { id, node: null } }));
  const seen = (await changes(manager, { position: before })).difference;
  expect(seen).toMatchObject({ shownCount: 0, hiddenCount: 1, nodes: [] });
});

test('a token for asking alone is shown no ids', async () => {
  const narrow = await (await tenant.member('ADMIN')).as(['access:ask']);
  const before = await position();
  await tenant.user(clusterId);
  const { difference } = await changes(narrow, { position: before });
  expect(difference).toMatchObject({ shownCount: 0, nodes: [] });
  expect(difference.hiddenCount).toBeGreaterThan(0);
});

test.each<[string, object, object, string]>([
  ['the wrong way round', { position: 3 }, { to: { position: 2 } }, 'BAD_USER_INPUT'],
  ['the future', { position: 1 }, { to: { position: 1_000_000 } }, 'BAD_USER_INPUT'],
  ['a time to come', { position: 1 }, { to: { time: '2999-01-01T00:00:00Z' } }, 'BAD_USER_INPUT'],
  ['before everything', { time: '1999-01-01T00:00:00Z' }, {}, 'BAD_USER_INPUT'],
  ['two moments in one', { position: 1, time: '2020-01-01T00:00:00Z' }, {}, 'BAD_USER_INPUT'],
  ['no position', { position: 'x' }, {}, 'BAD_USER_INPUT'],
  ['a cursor of nothing', { position: 1 }, { after: 'x' }, 'BAD_USER_INPUT'],
  ['a page too long', { position: 1 }, { first: 101 }, 'BAD_USER_INPUT'],
  ['a position never reached', { position: 1 }, { atLeast: 1_000_000 }, 'STALE'],
])('refuses %s', async (_name, from, more, code) => {
  const { errors } = await ask(tenant.admin, from, more);
  expect(errors).toMatchObject([{ extensions: { code } }]);
});

test('asks for the right to ask', async () => {
  const narrow = await (await tenant.member('ADMIN')).as(['cluster:read']);
  expect((await ask(narrow, { position: 1 })).errors).toMatchObject([
    { extensions: { code: 'FORBIDDEN' } },
  ]);
  expect((await ask(tenant.admin.as(null), { position: 1 })).errors).toMatchObject([
    { extensions: { code: 'UNAUTHENTICATED' } },
  ]);
});
