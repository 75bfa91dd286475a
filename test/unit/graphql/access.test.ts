import type { Moment } from '../../../src/access/facts';
import { encodePlace } from '../../../src/graphql/access/cursor';
import type { ToldWays } from '../../../src/questions/ways';
import type { Queries } from '../../../src/views/queries';
import { MemoryApi } from '../../support/graphql/memory-api';
import { memoryQueries } from '../../support/graphql/memory-queries';

const api = new MemoryApi();
const { organization } = api;
const SCOPES = ['read', 'write'];
const admin = { ...organization.admin, scopes: SCOPES };
const auditor = { ...organization.member('AUDITOR'), scopes: ['read'] };
const maintainer = { ...organization.member(), scopes: SCOPES };
const builder = { ...organization.member(), scopes: SCOPES };
const other = { ...organization.member(), scopes: SCOPES };
let clusterId = '';
let queueId = '';
let pipelineId = '';
let teamId = '';

beforeAll(async () => {
  await api.start();
  const organizationId = organization.id;
  const as = organization.admin;
  ({ clusterId = '' } = organization.do(as, 'clusterCreate', {
    organizationId,
    slug: 'c',
    name: 'C',
  }));
  ({ queueId = '' } = organization.do(as, 'clusterQueueCreate', {
    clusterId,
    key: 'q',
    mode: 'RESTRICTED',
  }));
  ({ teamId = '' } = organization.do(as, 'teamCreate', { organizationId, slug: 't', name: 'T' }));
  organization.do(as, 'teamMemberAdd', { teamId, userId: builder.userId, role: 'MEMBER' });
  organization.do(as, 'clusterMaintainerAdd', { clusterId, userId: maintainer.userId });
  organization.do(as, 'clusterGrant', { clusterId, userId: builder.userId, level: 'USE' });
  const pipeline = { organizationId, clusterId, slug: 'p', name: 'P' };
  ({ pipelineId = '' } = organization.do(as, 'pipelineCreate', pipeline));
  organization.do(as, 'pipelineGrant', { pipelineId, teamId, level: 'BUILD' });
  organization.do(as, 'queuePipelineGrant', { queueId, pipelineId, branches: ['main'] });
});
afterAll(() => api.stop());

const CHECK = `query ($input: AccessCheckInput!) { accessCheck(input: $input) {
  allowed code message rulesVersion notice moment { position instant }
  reasons { rule hiddenFactCount facts { relation subjectId objectId level branches expiresAt } }
} }`;

const check = async (principal: typeof admin, input: object) =>
  (await api.ask(principal, CHECK, { input })).data.accessCheck;

test('an answer says why, and of what moment', async () => {
  const { moment } = organization.world.facts;
  const input = { subjectId: builder.userId, action: 'pipeline:build', resourceId: pipelineId };
  expect(await check(admin, input)).toEqual({
    allowed: true,
    code: 'ALLOWED',
    message: 'It is allowed.',
    rulesVersion: 1,
    notice: null,
    moment: { position: moment.position, instant: '2026-01-01T00:00:00.000Z' },
    reasons: [
      {
        rule: expect.any(String),
        hiddenFactCount: 0,
        facts: expect.arrayContaining([
          {
            relation: 'teamMember',
            subjectId: builder.userId,
            objectId: teamId,
            level: 'MEMBER',
            branches: [],
            expiresAt: null,
          },
          expect.objectContaining({ relation: 'pipelineGrant', subjectId: teamId, level: 'BUILD' }),
          expect.objectContaining({ relation: 'clusterGrant', subjectId: builder.userId }),
        ]),
      },
    ],
  });
});

test.each([
  ['of a pipeline on its branch', { branch: 'main' }, 'ALLOWED'],
  ['of a pipeline on another branch', { branch: 'dev' }, 'BRANCH_NOT_GRANTED'],
  ['of a pipeline on none', {}, 'BRANCH_REQUIRED'],
])('the question %s', async (_what, more, code) => {
  const input = { subjectId: pipelineId, action: 'queue:run', resourceId: queueId, ...more };
  expect(await check(admin, input)).toMatchObject({ code, allowed: code === 'ALLOWED' });
});

test('moving asks about the target', async () => {
  const input = { subjectId: builder.userId, action: 'pipeline:move', resourceId: pipelineId };
  for (const targetClusterId of [null, clusterId]) {
    expect(await check(admin, { ...input, targetClusterId })).toMatchObject({ code: 'DENIED' });
    const asAdmin = { ...input, subjectId: admin.userId, targetClusterId };
    expect(await check(admin, asAdmin)).toMatchObject({ code: 'ALLOWED' });
  }
});

test('reach says whom it leaves out', async () => {
  const input = { subjectId: builder.userId, action: 'queue:reach', resourceId: queueId };
  const answer = await check(auditor, input);
  expect(answer).toMatchObject({ allowed: true, notice: expect.stringContaining('not counted') });
});

test('one may ask about oneself, and about everyone on what one manages', async () => {
  const use = (subjectId: string) => ({ subjectId, action: 'cluster:use', resourceId: clusterId });
  expect(await check(builder, use(builder.userId))).toMatchObject({ allowed: true });
  expect(await check(maintainer, use(builder.userId))).toMatchObject({ allowed: true });
  expect(await check(auditor, use(builder.userId))).toMatchObject({ allowed: true });
});

test('who may not ask gets the answer that an unknown thing gets', async () => {
  const input = { subjectId: builder.userId, action: 'cluster:use', resourceId: clusterId };
  const unknown = { ...input, resourceId: 'clu_00000000000000000000000000' };
  const expected = await check(admin, unknown);
  expect(expected).toMatchObject({ allowed: false, code: 'NOT_FOUND', reasons: [] });
  expect(await check(other, input)).toEqual(expected);
  expect(await check(other, unknown)).toEqual(expected);
});

test('who asks about themselves does not learn what exists', async () => {
  const own = { subjectId: other.userId, action: 'cluster:use', resourceId: clusterId };
  const unknown = { ...own, resourceId: 'clu_00000000000000000000000000' };
  const hidden = await check(other, own);
  expect(hidden).toEqual(await check(other, unknown));
  expect(hidden).toMatchObject({ allowed: false, code: 'NOT_FOUND' });
  const manage = { subjectId: builder.userId, action: 'cluster:manage', resourceId: clusterId };
  expect(await check(builder, manage)).toMatchObject({ allowed: false, code: 'DENIED' });
});

test('facts whose ends the asker may not see are counted', async () => {
  const input = { subjectId: builder.userId, action: 'pipeline:build', resourceId: pipelineId };
  const { reasons } = await check(maintainer, { ...input });
  // The maintainer does not manage the pipeline, so may not ask about others on it.
  expect(reasons).toEqual([]);
  const own = await check(maintainer, { ...input, subjectId: maintainer.userId });
  expect(own).toMatchObject({ allowed: false, code: 'DENIED' });
  const reach = { subjectId: builder.userId, action: 'queue:reach', resourceId: queueId };
  const shown = await check(maintainer, reach);
  expect(shown.reasons[0].hiddenFactCount).toBeGreaterThan(0);
  expect(shown.reasons[0].facts).toContainEqual(
    expect.objectContaining({ relation: 'clusterGrant' }),
  );
  expect(JSON.stringify(shown.reasons)).not.toContain('teamMember');
});

test.each([
  ['a subject that is neither', { subjectId: 'clu_00000000000000000000000000' }],
  ['an action that is none', { action: 'cluster:own' }],
  ['two moments', { asOf: { position: 1, time: '2026-01-01T00:00:00Z' } }],
  ['a moment that is not there', { asOf: { position: 999_999 } }],
])('%s is BAD_USER_INPUT', async (_what, more) => {
  const input = { subjectId: admin.userId, action: 'cluster:use', resourceId: clusterId, ...more };
  const { errors } = await api.ask(admin, CHECK, { input });
  expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

const SUBJECTS = `query ($action: String!, $resourceId: ID!, $first: Int!, $after: String, $asOf: AsOfInput, $branch: String, $atLeast: Position) {
  accessSubjects(action: $action, resourceId: $resourceId, first: $first, after: $after, asOf: $asOf, branch: $branch, atLeast: $atLeast) {
    moment { position instant } notice rulesVersion
    hiddenCount
    nodes {
      subjectId subject { id } reasons { facts { relation } }
      ways {
        wayCount hiddenFactCount
        groups { kind pipelineId wayCount always { relation } parts { alternatives { rule facts { relation } } } }
        facts { inWays fact { relation subjectId objectId } }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

interface SubjectNode {
  readonly subjectId: string;
  readonly ways: ToldWays;
}

function withId(nodes: readonly SubjectNode[], id: string): SubjectNode {
  const found = nodes.find(({ subjectId }) => subjectId === id);
  if (found === undefined) throw new Error(`${id} is not in the list`);
  return found;
}

const subjects = (principal: typeof admin, more: object) =>
  api.ask(principal, SUBJECTS, { action: 'queue:reach', resourceId: queueId, first: 10, ...more });

test('everyone who reaches a queue, with every way and what it hangs on', async () => {
  const { data } = await subjects(auditor, {});
  const { nodes, notice, rulesVersion, hiddenCount } = data.accessSubjects;
  expect({ rulesVersion, hiddenCount }).toEqual({ rulesVersion: 1, hiddenCount: 0 });
  expect(notice).toContain('not counted');
  expect((nodes as SubjectNode[]).map(({ subjectId }) => subjectId)).toEqual(
    [admin.userId, maintainer.userId, builder.userId].sort(),
  );
  for (const { subjectId, subject, ways, reasons } of nodes) {
    expect(subject.id).toBe(subjectId);
    expect(reasons).toHaveLength(1);
    expect(ways).toMatchObject({ wayCount: 1, hiddenFactCount: 0 });
    expect(ways.facts[0]).toMatchObject({ inWays: 1 });
  }
  const { ways } = withId(nodes, builder.userId);
  expect(ways.groups).toEqual([
    {
      kind: 'BUILDS',
      pipelineId,
      wayCount: 1,
      always: [{ relation: 'member' }, { relation: 'pipelineCluster' }],
      parts: [
        { alternatives: [expect.objectContaining({ rule: 'BUILD granted through a team' })] },
        { alternatives: [expect.objectContaining({ rule: 'USE granted' })] },
        { alternatives: [expect.objectContaining({ rule: 'pipeline granted on the queue' })] },
      ],
    },
  ]);
});

test('of ways, what the asker may not see is counted', async () => {
  const { data } = await subjects(maintainer, {});
  const { nodes } = data.accessSubjects;
  const { ways } = withId(nodes, builder.userId);
  expect(ways).toMatchObject({ wayCount: 1, hiddenFactCount: 2 });
  expect(JSON.stringify(ways.facts)).not.toContain('teamMember');
});

test('who may run is pipelines, and for whom it is nothing nobody', async () => {
  const run = await subjects(admin, { action: 'queue:run', branch: 'main' });
  expect(run.data.accessSubjects.nodes).toMatchObject([{ subjectId: pipelineId }]);
  for (const more of [{ action: 'queue:run' }, { action: 'agent:register' }]) {
    expect((await subjects(admin, more)).data.accessSubjects.nodes).toEqual([]);
  }
});

test('pages are of one moment, whatever happens between them', async () => {
  const first = (await subjects(admin, { first: 1 })).data.accessSubjects;
  expect(first.pageInfo.hasNextPage).toBe(true);
  const before = organization.world;
  organization.wait(5000);
  const second = (await subjects(admin, { first: 5, after: first.pageInfo.endCursor })).data
    .accessSubjects;
  expect(second.moment).toEqual(first.moment);
  expect(second.pageInfo.hasNextPage).toBe(false);
  const users = [...first.nodes, ...second.nodes].map(({ subjectId }) => subjectId);
  expect(users).toEqual([admin.userId, maintainer.userId, builder.userId].sort());
  organization.world = before;
});

test('a cursor is of one question, unaltered, and of a moment that was', async () => {
  const first = (await subjects(admin, { first: 1 })).data.accessSubjects;
  const after: string = first.pageInfo.endCursor;
  const { position, instant } = organization.world.facts.moment;
  const list = (resource: string) => ({
    organizationId: organization.id,
    parts: ['accessSubjects', resource, 'queue:reach', null, 0, null, null],
  });
  const made = (moment: Moment, resource = queueId) =>
    encodePlace(list(resource), { moment, after: admin.userId });
  expect((await subjects(admin, { after: made({ position, instant }) })).errors).toEqual([]);
  const altered = Array.from(after, (_, at) => {
    const other = after[at] === 'A' ? 'B' : 'A';
    return { after: `${after.slice(0, at)}${other}${after.slice(at + 1)}` };
  });
  for (const more of [
    ...altered.filter((_, at) => at % 7 === 0),
    { after, action: 'cluster:reach', resourceId: clusterId },
    { after, branch: 'main' },
    { after: `${after}=` },
    { after: 'nonsense' },
    { after: 'x'.repeat(5000) },
    { after: made({ position, instant }, clusterId) },
    { after: made({ position: position + 1, instant }) },
    { after: made({ position, instant: instant + 1 }) },
    { after: made({ position: 0, instant }) },
  ]) {
    const { errors } = await subjects(admin, more);
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  }
});

test('who may not ask finds nobody, as if there were no such thing', async () => {
  const hidden = (await subjects(other, {})).data.accessSubjects;
  const unknown = (await subjects(admin, { resourceId: 'que_00000000000000000000000000' })).data
    .accessSubjects;
  expect(hidden).toEqual(unknown);
  expect(hidden.nodes).toEqual([]);
});

test('a token whose scopes leave asking out is told so', async () => {
  const narrow = { ...admin, scopes: ['cluster:read'] };
  const { errors } = await subjects(narrow, {});
  expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
});

const CHECKS = `query ($questions: [AccessQuestionInput!]!, $atLeast: Position) {
  accessChecks(questions: $questions, atLeast: $atLeast) { allowed code moment { position } }
}`;

test('many questions at once are answered in their order', async () => {
  const ask = (subjectId: string) => ({ subjectId, action: 'cluster:use', resourceId: clusterId });
  const people = Array.from({ length: 100 }, (_, at) => (at % 3 === 0 ? other : builder));
  const { data } = await api.ask(admin, CHECKS, { questions: people.map((p) => ask(p.userId)) });
  const { position } = organization.world.facts.moment;
  expect(data.accessChecks).toEqual(
    people.map((person) => ({
      allowed: person === builder,
      code: person === builder ? 'ALLOWED' : 'DENIED',
      moment: { position },
    })),
  );
  const toOther = await api.ask(other, CHECKS, { questions: [ask(builder.userId)] });
  expect(toOther.data.accessChecks).toMatchObject([{ allowed: false, code: 'NOT_FOUND' }]);
  const many = Array.from({ length: 201 }, () => ask(other.userId));
  const { errors } = await api.ask(admin, CHECKS, { questions: many });
  expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

test('an answer waits for a position, and says how far the ledger is', async () => {
  const { position } = organization.world.facts.moment;
  const input = { subjectId: builder.userId, action: 'cluster:use', resourceId: clusterId };
  expect(await check(admin, { ...input, atLeast: position })).toMatchObject({ allowed: true });
  for (const { errors } of await Promise.all([
    api.ask(admin, CHECK, { input: { ...input, atLeast: position + 1 } }),
    subjects(admin, { atLeast: position + 1 }),
    api.ask(admin, CHECKS, { questions: [input], atLeast: position + 1 }),
  ])) {
    expect(errors[0]?.extensions).toMatchObject({ code: 'STALE', position });
  }
  const later = api.ask(admin, CHECK, { input: { ...input, atLeast: position + 1 } });
  await new Promise((resolve) => setTimeout(resolve, 50));
  const before = organization.world;
  const organizationId = organization.id;
  const team = { organizationId, slug: 'later', name: 'Later' };
  organization.do(organization.admin, 'teamCreate', team);
  expect((await later).data.accessCheck.moment.position).toBe(position + 1);
  organization.world = before;
});

test('however many answers wait, the ledger is looked at for all of them together', async () => {
  const { position } = organization.world.facts.moment;
  const kept = memoryQueries(organization);
  let looks = 0;
  const moment: Queries['moment'] = (...asked) => {
    looks += 1;
    return kept.moment(...asked);
  };
  const queries = { ...kept, moment };
  const aliases = Array.from({ length: 20 }, (_, at) =>
    CHECK.slice(CHECK.indexOf('accessCheck('), CHECK.lastIndexOf('}')).replace('', `a${at}: `),
  );
  const query = `query ($input: AccessCheckInput!) { ${aliases.join(' ')} }`;
  const waits = { subjectId: builder.userId, action: 'cluster:use', resourceId: clusterId };
  const input = { ...waits, atLeast: position + 1 };
  const asked = await Promise.all(
    [1, 2, 3].map(() => api.ask(admin, query, { input }, { queries })),
  );
  expect(asked.map(({ errors }) => errors.length)).toEqual([20, 20, 20]);
  // Each looks once before it waits.
  expect(looks).toBeGreaterThan(60);
  expect(looks).toBeLessThan(200);
});

const RESOURCES = `query ($subjectId: ID!, $action: String!, $first: Int, $after: String, $targetClusterId: ID) {
  accessResources(subjectId: $subjectId, action: $action, first: $first, after: $after, targetClusterId: $targetClusterId) {
    hiddenCount nodes { resourceId resource { id } reasons { rule } } pageInfo { hasNextPage endCursor }
  }
}`;
const resources = async (by: typeof admin, subjectId: string, action: string, more: object = {}) =>
  (await api.ask(by, RESOURCES, { subjectId, action, ...more })).data.accessResources;

test('what somebody may, as far as the asker manages it', async () => {
  const use = [{ resourceId: clusterId, resource: { id: clusterId } }];
  for (const by of [builder, maintainer, auditor]) {
    const answer = await resources(by, builder.userId, 'cluster:use');
    expect(answer).toMatchObject({ hiddenCount: 0, nodes: use });
    expect(answer.nodes[0].reasons).toHaveLength(1);
  }
  const none = { hiddenCount: 0, nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
  expect(await resources(other, builder.userId, 'cluster:use')).toEqual(none);
  expect(await resources(other, `usr_${'0'.repeat(26)}`, 'cluster:use')).toEqual(none);
  // The maintainer manages the cluster, not the pipeline.
  expect(await resources(maintainer, builder.userId, 'pipeline:read')).toEqual(none);
  expect((await resources(builder, builder.userId, 'pipeline:read')).nodes).toHaveLength(1);
  expect((await resources(maintainer, pipelineId, 'queue:run')).nodes).toEqual([]);
  const move = { targetClusterId: clusterId };
  expect((await resources(admin, admin.userId, 'pipeline:move', move)).nodes).toHaveLength(1);
  expect(await resources(other, other.userId, 'pipeline:move', move)).toEqual(none);
});

test('things of every kind are no list', async () => {
  const { errors } = await api.ask(admin, RESOURCES, {
    ...{ subjectId: admin.userId, action: 'access:ask' },
  });
  expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

const ACTIONS = `query ($subjectId: ID!, $resourceId: ID!, $branch: String) {
  accessActions(subjectId: $subjectId, resourceId: $resourceId, branch: $branch) {
    rulesVersion nodes { action notice reasons { rule facts { relation } } }
  }
}`;
const actions = async (by: typeof admin, subjectId: string, resourceId: string, more = {}) => {
  const { data } = await api.ask(by, ACTIONS, { subjectId, resourceId, ...more });
  const { nodes } = data.accessActions as { nodes: { action: string }[] };
  return nodes.map(({ action }) => action);
};

test('every action on a thing, to who may ask about it', async () => {
  const may = ['cluster:use', 'cluster:read', 'cluster:reach'];
  for (const by of [builder, maintainer, admin]) {
    expect(await actions(by, builder.userId, clusterId)).toEqual(may);
  }
  expect(await actions(other, builder.userId, clusterId)).toEqual([]);
  expect(await actions(admin, pipelineId, queueId)).toEqual([]);
  expect(await actions(admin, pipelineId, queueId, { branch: 'main' })).toEqual(['queue:run']);
});

const MISSING = `query ($input: AccessCheckInput!) { accessCheck(input: $input) {
  allowed missing { fixable groups { shape count hiddenSetCount sets { changes { kind holderId teamId clusterId level } } } }
} }`;

test('a denial says what would allow it, to who may see where', async () => {
  const input = { subjectId: other.userId, action: 'cluster:use', resourceId: clusterId };
  const missing = async (by: typeof admin, more = {}) =>
    (await api.ask(by, MISSING, { input: { ...input, ...more } })).data.accessCheck.missing;
  const { fixable, groups } = await missing(admin);
  expect(fixable).toBe(true);
  expect(JSON.stringify(groups)).toContain(
    JSON.stringify({
      kind: 'GRANT_CLUSTER',
      holderId: other.userId,
      teamId: null,
      clusterId,
      level: 'USE',
    }),
  );
  expect(await missing(admin, { subjectId: builder.userId })).toBeNull();
  expect(await missing(other)).toBeNull();
  expect(await missing(admin, { resourceId: `clu_${'0'.repeat(26)}` })).toBeNull();
});

test('of what is missing, sets that name what the asker may not see are counted', async () => {
  const input = { subjectId: maintainer.userId, action: 'pipeline:build', resourceId: pipelineId };
  const asked = async (by: typeof admin) =>
    (await api.ask(by, MISSING, { input })).data.accessCheck.missing.groups;
  const [all, seen] = [await asked(admin), await asked(maintainer)];
  expect(JSON.stringify(all)).toContain(teamId);
  expect(JSON.stringify(seen)).not.toContain(teamId);
  const hidden = (groups: readonly { hiddenSetCount: number }[]) =>
    groups.reduce((sum, { hiddenSetCount }) => sum + hiddenSetCount, 0);
  expect(hidden(all)).toBe(0);
  expect(hidden(seen)).toBeGreaterThan(0);
});
