import { MemoryApi } from '../../support/graphql/memory-api';

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

const SUBJECTS = `query ($action: String!, $resourceId: ID!, $first: Int!, $after: String, $asOf: AsOfInput) {
  accessSubjects(action: $action, resourceId: $resourceId, first: $first, after: $after, asOf: $asOf) {
    moment { position instant } notice rulesVersion
    nodes { userId user { id } ways { rule facts { relation } hiddenFactCount } }
    pageInfo { hasNextPage endCursor }
  }
}`;

const subjects = (principal: typeof admin, more: object) =>
  api.ask(principal, SUBJECTS, { action: 'queue:reach', resourceId: queueId, first: 10, ...more });

test('everyone who reaches a queue, with every way', async () => {
  const { data } = await subjects(auditor, {});
  const { nodes, notice, rulesVersion } = data.accessSubjects;
  expect({ notice: typeof notice, rulesVersion }).toEqual({ notice: 'string', rulesVersion: 1 });
  expect(nodes).toEqual(
    [admin.userId, maintainer.userId, builder.userId]
      .sort()
      .map((userId) => expect.objectContaining({ userId })),
  );
  for (const { userId, user, ways } of nodes) {
    expect(user.id).toBe(userId);
    expect(ways.length).toBeGreaterThan(0);
    for (const { facts, hiddenFactCount } of ways) {
      expect(facts.length).toBeGreaterThan(0);
      expect(hiddenFactCount).toBe(0);
    }
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
  const users = [...first.nodes, ...second.nodes].map(({ userId }) => userId);
  expect(users).toEqual([admin.userId, maintainer.userId, builder.userId].sort());
  organization.world = before;
});

test('a cursor is of one question and of a moment that was', async () => {
  const after = (await subjects(admin, { first: 1 })).data.accessSubjects.pageInfo.endCursor;
  const head = organization.world.facts.moment.position;
  const forged = (position: number, instant: number) =>
    Buffer.from(
      JSON.stringify([1, `subjects/queue:reach/${queueId}/null`, position, instant, admin.userId]),
    ).toString('base64url');
  const { now } = organization.world;
  expect((await subjects(admin, { after: forged(head, now) })).errors).toEqual([]);
  for (const more of [
    { after, action: 'cluster:reach', resourceId: clusterId },
    { after: 'nonsense' },
    { after: forged(head + 1, now) },
    { after: forged(head, now + 1) },
    { after: forged(0, now) },
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
