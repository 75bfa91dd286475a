import { generateAgentKey } from '../../../src/agent/agent-key-pair';
import type { Done, Outcome } from '../../../src/commands/protocol';
import { openTestEngine, type MemberCaller, type TestEngine } from '../../support/engine';

/* The writer on real files: what holds within one batch, and from one command to the next. */

let engine: TestEngine;
let admin: MemberCaller;

beforeEach(async () => {
  engine = await openTestEngine();
  admin = await engine.found('acme');
});

afterEach(() => {
  engine.close();
});

const cluster = (slug: string, caller: MemberCaller = admin) =>
  ({
    mutation: 'clusterCreate',
    caller,
    input: { organizationId: admin.organizationId, slug, name: slug },
  }) as const;

const done = (outcome: Outcome | undefined): Done => {
  if (outcome?.kind !== 'DONE') throw new Error(JSON.stringify(outcome));
  return outcome;
};

const member = async (name: string): Promise<MemberCaller> => {
  const { organizationId } = admin;
  const input = { organizationId, name, role: 'MEMBER', kind: 'SERVICE' };
  const { ids } = done(
    await engine.run({ mutation: 'organizationMemberAdd', caller: admin, input }),
  );
  const userId = ids['userId'] as MemberCaller['userId'];
  const token = await engine.run({
    mutation: 'apiTokenCreate',
    caller: admin,
    input: { userId, scopes: ['read', 'write'] },
  });
  return { ...admin, userId, tokenId: done(token).ids['tokenId'] as MemberCaller['tokenId'] };
};

test('a command sees what earlier ones of its batch did', async () => {
  const outcomes = await engine.runTogether([cluster('one'), cluster('one'), cluster('two')]);
  expect(outcomes).toMatchObject([
    { kind: 'DONE' },
    { kind: 'REFUSED', refusal: { code: 'TAKEN' } },
    { kind: 'DONE' },
  ]);
  expect(done(outcomes[2]).position).toBe(done(outcomes[0]).position + 1);
});

test('a token that was revoked earlier in the batch opens nothing later in it', async () => {
  const outcomes = await engine.runTogether([
    { mutation: 'apiTokenRevoke', caller: admin, input: { tokenId: admin.tokenId } },
    cluster('late'),
  ]);
  expect(outcomes).toMatchObject([{ kind: 'DONE' }, { kind: 'FAULT', code: 'UNAUTHENTICATED' }]);
});

test('a member who was removed earlier in the batch does nothing later in it', async () => {
  const other = await member('Other');
  const outcomes = await engine.runTogether([
    {
      mutation: 'organizationMemberRemove',
      caller: admin,
      input: { userId: other.userId },
    },
    cluster('late', other),
  ]);
  expect(outcomes).toMatchObject([{ kind: 'DONE' }, { kind: 'FAULT', code: 'UNAUTHENTICATED' }]);
});

test("one command's own bug fails that command alone", async () => {
  // No edge lets this through: a number where a text must be makes the handler throw.
  const broken = { ...cluster('bad'), input: { organizationId: admin.organizationId, slug: 5 } };
  const outcomes = await engine.runTogether([cluster('one'), broken, cluster('two')]);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['DONE', 'FAULT', 'DONE']);
  expect(outcomes[1]).toMatchObject({ code: 'INTERNAL' });
  expect(done(outcomes[2]).position).toBe(done(outcomes[0]).position + 1);
});

describe('an idempotency key', () => {
  const keyed = (slug: string) => ({ ...cluster(slug), idempotencyKey: 'key' });

  test('repeats the first result and adds no event', async () => {
    const first = done(await engine.run(keyed('one')));
    const again = done(await engine.run(keyed('one')));
    expect(again).toEqual({ ...first, repeated: true });
    const next = done(await engine.run(cluster('two')));
    expect(next.position).toBe(first.position + 1);
  });

  test('is refused with another input', async () => {
    await engine.run(keyed('one'));
    expect(await engine.run(keyed('two'))).toMatchObject({
      refusal: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });

  test('counts within one batch, for each caller and mutation by itself, and for seven days', async () => {
    const outcomes = await engine.runTogether([keyed('one'), keyed('one')]);
    expect(outcomes).toMatchObject([{ repeated: false }, { repeated: true }]);
    engine.instant += 8 * 24 * 3_600_000;
    engine.writer.maintain([]);
    expect(await engine.run(keyed('one'))).toMatchObject({ refusal: { code: 'TAKEN' } });
  });

  test('does not keep refusals', async () => {
    await engine.run(cluster('one'));
    expect(await engine.run(keyed('one'))).toMatchObject({ kind: 'REFUSED' });
    expect(await engine.run(keyed('other'))).toMatchObject({ kind: 'DONE', repeated: false });
  });

  test('shows a secret only the first time', async () => {
    const token = {
      mutation: 'apiTokenCreate',
      caller: admin,
      input: { userId: admin.userId, scopes: ['read'] },
      idempotencyKey: 'token',
    } as const;
    expect(done(await engine.run(token)).secret).toMatch(/^plsd_/u);
    expect(done(await engine.run(token))).toMatchObject({ secret: null, repeated: true });
  });
});

const activity = () =>
  engine.queries
    .auditEvents({
      organizationId: admin.organizationId,
      kind: 'ACTIVITY',
      type: null,
      actorId: null,
      subjectId: null,
      recordedFrom: null,
      recordedTo: null,
      order: 'OLDEST_FIRST',
      after: null,
      limit: 100,
    })
    .map(({ type, data }) => ({ type, data }));

test('refusals are counted, and written to the activity ledger together', async () => {
  const other = await member('Other');
  await engine.runTogether([cluster('a', other), cluster('b', other), cluster('c', other)]);
  expect(activity()).toEqual([]);
  engine.writer.maintain([]);
  engine.writer.maintain([]);
  expect(activity()).toMatchObject([
    {
      type: 'RefusalsCounted',
      data: { caller: other.userId, operation: 'clusterCreate', code: 'FORBIDDEN', count: 3 },
    },
  ]);
});

describe('an agent', () => {
  const register = async (jti: string, instance: string) => {
    const { thumbprint } = pair.publicKey;
    return engine.run({
      mutation: 'agentRegister',
      caller: {
        kind: 'AGENT_KEY',
        organizationId: admin.organizationId,
        keyId: `key_${thumbprint}`,
      },
      input: {
        queue: 'default',
        tags: null,
        instance: instance.padEnd(22, 'i'),
        jti: jti.padEnd(22, 'j'),
        rememberUntil: engine.instant + 190_000,
      },
    });
  };
  const pair = generateAgentKey();

  beforeEach(async () => {
    const clusterId = done(await engine.run(cluster('one'))).ids['clusterId'];
    const queue = { clusterId, key: 'default', mode: 'OPEN', makeDefault: true };
    done(await engine.run({ mutation: 'clusterQueueCreate', caller: admin, input: queue }));
    const publicKey = JSON.stringify(pair.publicKey.jwk);
    const input = { clusterId, name: 'Key', publicKey };
    done(await engine.run({ mutation: 'agentKeyRegister', caller: admin, input }));
  });

  test('cannot use an assertion twice, not even in one batch', async () => {
    expect((await register('one', 'a')).kind).toBe('DONE');
    expect(await register('one', 'a')).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('is superseded by another process with its key, and goes on as the same one', async () => {
    const first = done(await register('one', 'a')).ids['agentId'];
    expect(done(await register('two', 'a')).ids['agentId']).toBe(first);
    const second = done(await register('three', 'b')).ids['agentId'];
    expect(second).not.toBe(first);
    expect(activity()).toMatchObject([
      { type: 'AgentRegistered', data: { agentId: first } },
      { type: 'AgentDisconnected', data: { agentId: first, reason: 'SUPERSEDED' } },
      { type: 'AgentRegistered', data: { agentId: second } },
    ]);
  });

  test('that fell silent is ended once its session ran out', async () => {
    const agentId = done(await register('one', 'a')).ids['agentId'];
    engine.instant += 15 * 60_000 - 1;
    engine.writer.maintain([]);
    expect(activity()).toHaveLength(1);
    engine.instant += 2;
    engine.writer.maintain([]);
    expect(activity()[1]).toMatchObject({
      type: 'AgentDisconnected',
      data: { agentId, reason: 'EXPIRED' },
    });
  });
});

test('a clock far behind the ledger stops writing until it is right again', async () => {
  await engine.run(cluster('one'));
  engine.instant -= 121_000;
  expect(await engine.run(cluster('two'))).toMatchObject({ kind: 'FAULT', code: 'UNAVAILABLE' });
  engine.instant += 2_000;
  expect(await engine.run(cluster('two'))).toMatchObject({ kind: 'DONE' });
});

describe('a token that ends and is bound to addresses', () => {
  const create = async (caller: MemberCaller, input: object) =>
    engine.run({
      mutation: 'apiTokenCreate',
      caller,
      input: { userId: admin.userId, scopes: ['write'], ...input },
    });
  let bound: MemberCaller;
  let expiresAt: number;

  beforeEach(async () => {
    expiresAt = engine.instant + 60_000;
    const { ids } = done(await create(admin, { expiresAt, addressRanges: ['10.0.0.0/8'] }));
    bound = { ...admin, tokenId: ids['tokenId'] as MemberCaller['tokenId'] };
  });

  test('makes only tokens that end with it and are bound like it', async () => {
    const { ids } = done(await create(bound, {}));
    const made = engine.world(admin.organizationId).get('apiToken', ids['tokenId'] ?? '');
    expect(made).toMatchObject({ expiresAt, addressRanges: ['10.0.0.0/8'] });
  });

  test.each([
    ['that outlives it', { expiresAt: Date.UTC(2030, 0, 1) }],
    ['for other addresses', { addressRanges: ['0.0.0.0/1'] }],
  ])('makes none %s', async (_what, input) => {
    expect(await create(bound, input)).toMatchObject({ refusal: { code: 'SCOPE_TOO_WIDE' } });
  });
});
