import { setTimeout as pause } from 'node:timers/promises';
import type { MutationName } from '../../src/access/operations';
import type { Api } from '../support/e2e/api';
import { ALL_SCOPES, type Input } from '../support/e2e/matrix/fixture';
import { startInstallation, type Installation } from '../support/e2e/matrix/installation';
import { send } from '../support/e2e/matrix/send';
import { Tenant } from '../support/e2e/matrix/tenant';

/* Previews and dry runs through a real server, beside the files that they must not write. */

interface Pair {
  readonly subject: { readonly id: string };
  readonly resource: { readonly id: string };
  readonly actions: readonly { readonly action: string; readonly change: 'GAINED' | 'LOST' }[];
}
type Change = Readonly<Partial<Record<MutationName, Input>>>;

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

const DIFFERENCE = `{
  shownCount hiddenCount pageInfo { hasNextPage endCursor }
  nodes {
    subject { id } resource { id }
    actions { action change branches reason { rule facts { relation event { position } } } }
  }
}`;
const PREVIEW = `query ($changes: [AccessChangeInput!]!, $first: Int! = 100, $after: String) {
  accessPreview(changes: $changes, first: $first, after: $after) {
    moment { position }
    refused { change userError { code field message } fault { code message } }
    difference ${DIFFERENCE}
  }
}`;

const ask = (by: Api, changes: readonly unknown[], more: object = {}) =>
  by.query(PREVIEW, { changes, ...more });

async function preview(by: Api, changes: readonly Change[], more: object = {}) {
  const { data, errors } = await ask(by, changes, more);
  expect(errors).toBeUndefined();
  return data.accessPreview;
}

const FIELDS = `userErrors { code field message } accessDifference(first: 100) ${DIFFERENCE}`;

/** Tries a mutation out. */
async function dryRun(by: Api, mutation: MutationName, input: Input) {
  const { answer, payload } = await by.try(mutation, { ...input, dryRun: true }, FIELDS);
  return { payload, errors: answer.errors };
}

/** Expects that whatever it does, neither file holds another row then. */
async function writingNothing<T>(act: () => Promise<T>): Promise<T> {
  const before = installation.contents.read();
  const result = await act();
  expect(installation.contents.read()).toEqual(before);
  return result;
}

/** Expects that each pair differs between the two positions as it is told, by asking checks. */
async function expectTrue(
  pairs: readonly Pair[],
  positions: { readonly before: number; readonly after: number },
  real: (id: string) => string = (id) => id,
) {
  const told = pairs.flatMap(({ subject, resource, actions }) =>
    actions.map(({ action, change }) => ({
      question: { subjectId: real(subject.id), action, resourceId: real(resource.id) },
      before: change === 'LOST',
      after: change === 'GAINED',
    })),
  );
  expect(told.length).toBeGreaterThan(0);
  for (const side of ['before', 'after'] as const) {
    const { data } = await tenant.admin.query(
      `query ($questions: [AccessQuestionInput!]!, $position: Position!) {
        accessChecks(questions: $questions, asOf: { position: $position }) { allowed }
      }`,
      { questions: told.map(({ question }) => question), position: positions[side] },
    );
    const answers = data.accessChecks as { allowed: boolean }[];
    expect(answers.map(({ allowed }) => allowed)).toEqual(told.map((one) => one[side]));
  }
}

const grant = (userId: string, level = 'USE', to = clusterId): Input => ({
  clusterId: to,
  userId,
  level,
});

test('a dry run writes nothing, uses up no key, and tells what the mutation then does', async () => {
  const [teamId, member, queueId] = await Promise.all([
    tenant.team(),
    tenant.member(),
    tenant.queue(clusterId),
  ]);
  await Promise.all([
    tenant.join(teamId, member.id),
    tenant.grantCluster(clusterId, { teamId }, 'USE'),
  ]);
  const pipelineId = await tenant.pipeline(clusterId);
  await tenant.grantPipeline(pipelineId, { teamId }, 'BUILD');

  const input = { teamId, idempotencyKey: 'delete' };
  const { payload } = await writingNothing(() => dryRun(tenant.admin, 'teamDelete', input));
  const { nodes, hiddenCount } = payload.accessDifference as { nodes: Pair[]; hiddenCount: number };
  expect([payload.userErrors, hiddenCount]).toEqual([[], 0]);
  const lost = nodes.filter(({ subject }) => subject.id === member.id);
  expect(lost.map(({ resource }) => resource.id).sort()).toEqual(
    [teamId, clusterId, queueId, pipelineId].sort(),
  );
  const { position: before } = (await preview(tenant.admin, [])).moment;
  const { position: after } = await tenant.admin.do('teamDelete', input, 'position');
  await expectTrue(nodes, { before, after });
});

test('a preview of changes that build on one another is what then happens', async () => {
  const member = await tenant.member();
  const planned = (prefix: string, change: number) =>
    `${prefix}_${String(change).padStart(26, '0')}`;
  const cluster = { organizationId: tenant.id, slug: 'planned', name: 'Planned' };
  const pipeline = { organizationId: tenant.id, slug: 'planned', name: 'Planned' };
  const changesOf = (clusterId: string, queueId: string, pipelineId: string): readonly Change[] => [
    { clusterCreate: cluster },
    { clusterQueueCreate: { clusterId, key: 'builds', mode: 'RESTRICTED' } },
    { pipelineCreate: { ...pipeline, clusterId } },
    { queuePipelineGrant: { queueId, pipelineId } },
    { clusterGrant: grant(member.id, 'USE', clusterId) },
    { pipelineGrant: { pipelineId, userId: member.id, level: 'BUILD' } },
  ];
  const ids = [planned('clu', 1), planned('que', 2), planned('pip', 3)] as const;
  const { refused, difference, moment } = await writingNothing(() =>
    preview(tenant.admin, changesOf(...ids)),
  );
  expect([refused, difference.hiddenCount]).toEqual([[], 0]);
  const told = (difference.nodes as Pair[]).flatMap(({ subject, resource, actions }) =>
    actions.map(({ action, change }) => [subject.id, action, resource.id, change]),
  );
  expect(told).toContainEqual([member.id, 'queue:reach', ids[1], 'GAINED']);
  expect(told).toContainEqual([ids[2], 'queue:run', ids[1], 'GAINED']);

  const real = new Map<string, string>();
  const is = (id: string): string => real.get(id) ?? id;
  let position = 0;
  for (const [at, field] of ['cluster', 'queue', 'pipeline', 'grant', 'grant', 'grant'].entries()) {
    const change = changesOf(is(ids[0]), is(ids[1]), is(ids[2]))[at] ?? {};
    for (const [mutation, input] of Object.entries(change)) {
      const made = await tenant.admin.do(mutation, input, `position ${field} { id }`);
      position = made.position as number;
      const id = made[field].id as string;
      real.set(planned(id.slice(0, 3), at + 1), id);
    }
  }
  const positions = { before: moment.position as number, after: position };
  await expectTrue(difference.nodes as Pair[], positions, is);
});

test('how much a change would do tells nothing of what one may not ask about', async () => {
  const [teamId, maintainer, user, nobody] = await Promise.all([
    tenant.team(),
    tenant.member(),
    tenant.user(clusterId),
    tenant.member(),
  ]);
  await tenant.grantCluster(clusterId, { teamId }, 'USE');
  await tenant.join(teamId, maintainer.id, 'MAINTAINER');
  const by = await maintainer.as(ALL_SCOPES);
  for (const { id } of [user, nobody]) {
    const question = { subjectId: id, action: 'cluster:use', resourceId: clusterId };
    expect(await by.check(question)).toMatchObject({ code: 'NOT_FOUND' });
    const input = { teamId, userId: id, role: 'MEMBER' };
    const { difference } = await preview(by, [{ teamMemberAdd: input }]);
    const { payload } = await dryRun(by, 'teamMemberAdd', input);
    for (const told of [difference, payload.accessDifference]) {
      expect(told).toMatchObject({ shownCount: 1, hiddenCount: 0 });
      expect(told.nodes[0]).toMatchObject({ subject: { id }, resource: { id: teamId } });
    }
  }
});

test('whose right has ended gets no further page by the right of before', async () => {
  const [maintainer, other] = await Promise.all([tenant.member(), tenant.member()]);
  const [by, teamId] = [await maintainer.as(ALL_SCOPES), await tenant.team()];
  await Promise.all([tenant.join(teamId, maintainer.id), tenant.join(teamId, other.id)]);
  const expiresAt = new Date(Date.now() + 1500).toISOString();
  const role = { clusterId, userId: maintainer.id, expiresAt };
  await tenant.admin.do('clusterMaintainerAdd', role, 'position');
  const changes = [{ clusterGrant: { clusterId, teamId, level: 'VIEW', expiresAt } }];
  const { difference } = await preview(by, changes, { first: 1 });
  const { hasNextPage, endCursor: after } = difference.pageInfo;
  expect([hasNextPage, difference.shownCount]).toEqual([false, 1]);
  await pause(Math.max(0, Date.parse(expiresAt) - Date.now()) + 5);
  const { errors } = await ask(by, changes, { first: 1, after });
  expect(errors).toMatchObject([{ extensions: { code: 'STALE' } }]);
});

test('previews and dry runs are refused as the mutation is', async () => {
  const [other, auditor, bare] = await Promise.all([
    tenant.member(),
    tenant.member('AUDITOR'),
    tenant.member(),
  ]);
  const foreignCluster = await installation.foreign.cluster();
  const unknown = `clu_${'z'.repeat(26)}`;
  const all = await Promise.all([auditor.as(ALL_SCOPES), bare.as(ALL_SCOPES)]);
  const { admin } = tenant;
  const { secret } = await admin.do(
    'apiTokenCreate',
    { userId: tenant.adminId, scopes: ['access:ask', 'team:manage'] },
    'secret',
  );
  const cases: readonly (readonly [Api, MutationName, Input, string])[] = [
    [admin, 'clusterGrant', grant(other.id, 'USE', foreignCluster), 'NOT_FOUND'],
    [admin, 'clusterGrant', grant(other.id, 'USE', unknown), 'NOT_FOUND'],
    [admin, 'clusterGrant', grant(installation.foreign.adminId), 'NOT_FOUND'],
    [admin, 'organizationMemberRemove', { userId: tenant.adminId }, 'LAST_ADMIN'],
    [admin, 'clusterUpdate', { clusterId, name: 'New', expectedVersion: 9 }, 'CONFLICT'],
    [all[0], 'clusterGrant', grant(other.id), 'FORBIDDEN'],
    [all[1], 'clusterGrant', grant(other.id), 'NOT_FOUND'],
    [all[1], 'teamCreate', { organizationId: tenant.id, slug: 't', name: 'T' }, 'FORBIDDEN'],
    [admin.as(secret), 'clusterGrant', grant(other.id), 'FORBIDDEN'],
    [installation.api, 'clusterGrant', grant(other.id), 'FORBIDDEN'],
    [admin.as(null), 'clusterGrant', grant(other.id), 'UNAUTHENTICATED'],
  ];
  for (const [by, mutation, input, code] of cases) {
    const { dry, previewed } = await writingNothing(async () => ({
      dry: await send(by, mutation, { ...input, dryRun: true }),
      previewed: await ask(by, [{ [mutation]: input }]),
    }));
    const earnest = await send(by, mutation, input);
    expect([dry.code, earnest.code]).toEqual([code, code]);
    expect(dry.text).toBe(earnest.text);
    const isMember = by !== installation.api && code !== 'UNAUTHENTICATED';
    expect(previewed.errors?.[0]?.extensions['code']).toBe(isMember ? undefined : code);
    if (!isMember) continue;
    const [{ userError, fault }] = previewed.data.accessPreview.refused;
    expect((userError ?? fault).code).toBe(code);
  }
});

test('a private key in a dry run leaves no trace', async () => {
  const { pair } = await tenant.key(clusterId);
  const publicKey = JSON.stringify(pair.privateKey.export({ format: 'jwk' }));
  const input = { clusterId, name: 'Key', publicKey };
  const { payload } = await writingNothing(() => dryRun(tenant.admin, 'agentKeyRegister', input));
  expect(payload.userErrors).toMatchObject([{ code: 'PRIVATE_KEY_SUBMITTED' }]);
});

test('hostile previews get a typed error and write nothing', async () => {
  const member = await tenant.member();
  const asMember = await member.as(ALL_SCOPES);
  const changes = [{ clusterGrant: grant(member.id) }, { clusterGrant: grant(member.id, 'VIEW') }];
  const { admin } = tenant;
  await writingNothing(async () => {
    const code = async (told: readonly unknown[], more: object = {}, by = admin) =>
      (await ask(by, told, more)).errors?.[0]?.extensions['code'];
    const many = Array.from({ length: 1001 }, (_, n) => ({
      teamCreate: { organizationId: tenant.id, slug: `team-${n}`, name: 'Team' },
    }));
    expect(await code(many)).toBe('BAD_USER_INPUT');
    expect(await code(Array(5000).fill({}))).toBe('BAD_USER_INPUT');
    expect(await code([...many, ...many])).toBe('QUERY_TOO_COMPLEX');
    expect(await code([{}])).toBe('BAD_USER_INPUT');
    expect(await code([{ ...changes[0], teamDelete: { teamId: 'tea_1' } }])).toBe('BAD_USER_INPUT');
    expect(await code([{ apiTokenRevoke: { tokenId: 'tok_1' } }])).toBe('BAD_USER_INPUT');

    const first = (await preview(admin, changes, { first: 1 })).difference;
    const after = first.pageInfo.endCursor as string;
    expect(await code(changes, { after })).toBeUndefined();
    expect(await code(changes.slice(1), { after })).toBe('BAD_USER_INPUT');
    expect(await code(changes, { after: `${after}x` })).toBe('BAD_USER_INPUT');
    expect(await code(changes, { after }, installation.foreign.admin)).toBe('BAD_USER_INPUT');
    const { refused, difference } = await preview(asMember, changes, { after });
    expect([refused.length, difference]).toEqual([2, null]);
  });
});

test('a cursor is of its moment: once something was written, it is STALE', async () => {
  const member = await tenant.member();
  const changes = [
    { clusterGrant: grant(member.id) },
    { teamDelete: { teamId: await tenant.team() } },
  ];
  const { difference } = await preview(tenant.admin, changes, { first: 1 });
  const { hasNextPage, endCursor: after } = difference.pageInfo;
  expect(hasNextPage).toBe(true);
  expect((await preview(tenant.admin, changes, { after })).difference.nodes).toHaveLength(
    difference.shownCount - 1,
  );
  await tenant.team();
  const { errors } = await ask(tenant.admin, changes, { after });
  expect(errors?.[0]?.extensions['code']).toBe('STALE');
});

test('1000 whole changes fit into one request', async () => {
  const description = 'What it is for, in as many words as one may need to say so. '.repeat(5);
  const changes = Array.from({ length: 1000 }, (_, n) => ({
    pipelineCreate: {
      ...{ organizationId: tenant.id, clusterId, description },
      slug: `pipeline-${n}`,
      name: `Pipeline number ${n}`,
      repository: `https://git.example.com/organization/repository-${n}.git`,
    },
  }));
  const { refused, difference } = await writingNothing(() =>
    preview(tenant.admin, changes, { first: 1 }),
  );
  expect([refused, difference.shownCount]).toEqual([[], 1000]);
});
