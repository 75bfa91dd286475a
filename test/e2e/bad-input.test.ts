import { randomBytes } from 'node:crypto';
import type { MutationName } from '../../src/access/operations';
import { isAnyId } from '../../src/domain/id';
import { formatSecretToken } from '../../src/keys/secret-token';
import type { Api } from '../support/e2e/api';
import { TOO_LONG } from '../support/e2e/matrix/bad-texts';
import { badValuesOf } from '../support/e2e/matrix/bad-values';
import { ALL_SCOPES, type Case, type Input } from '../support/e2e/matrix/fixture';
import { FIXTURES } from '../support/e2e/matrix/fixtures';
import { startInstallation, type Installation } from '../support/e2e/matrix/installation';
import { inputFieldsOf, MUTATIONS } from '../support/e2e/matrix/mutations';
import { send } from '../support/e2e/matrix/send';
import { unknownId } from '../support/e2e/matrix/strange-ids';
import { Tenant } from '../support/e2e/matrix/tenant';

/*
 * Every field of every mutation's input with everything that it must refuse. Each gets its typed
 * error, appends nothing and changes no view.
 */

/** Well-formed, and nobody's. */
const UNKNOWN_TOKEN = formatSecretToken('API_TOKEN', randomBytes(32));

let installation: Installation;

beforeAll(async () => {
  installation = await startInstallation();
});

afterAll(async () => {
  await installation.stop();
});

async function prepare(mutation: MutationName, tenant: Tenant): Promise<Case> {
  const fixture = FIXTURES[mutation];
  if (fixture === undefined) throw new Error(`${mutation} has no fixture`);
  return fixture(tenant);
}

/** A good value of every field of the input, though not all of them may be given at once. */
async function goodValues(mutation: MutationName, { input, more }: Case): Promise<Input> {
  const always = { idempotencyKey: 'key-1', dryRun: false, expectedVersion: 1 };
  const good: Input = { ...always, ...more, ...(await input()) };
  const names = Object.keys(inputFieldsOf(mutation));
  expect(Object.keys(good)).toEqual(expect.arrayContaining(names));
  return Object.fromEntries(names.map((name) => [name, good[name]]));
}

/** The valid input with another value of one field, less what excludes that field. */
function put(input: Input, more: Input | undefined, name: string, value: unknown): Input {
  const { userId, ...others } = input;
  const isEither = more !== undefined && name === 'teamId' && name in more;
  return { ...(isEither || userId === undefined ? others : input), [name]: value };
}

interface StrangeId {
  readonly name: string;
  /** Of nothing, and of another organization; in a list if the field holds one. */
  readonly unknown: unknown;
  readonly foreign: unknown;
}

/** The fields that hold ids, each with ids of the same kind that lead nowhere. */
function strangeIds(good: Input, foreign: Input): readonly StrangeId[] {
  return Object.entries(good).flatMap(([name, value]) => {
    const [first] = (Array.isArray(value) ? value : [value]) as unknown[];
    if (typeof first !== 'string' || !isAnyId(first)) return [];
    const unknown = unknownId(first);
    return { name, unknown: Array.isArray(value) ? [unknown] : unknown, foreign: foreign[name] };
  });
}

describe.each(MUTATIONS)('%s', (mutation) => {
  test('refuses bad values, unknown ids, stale versions and used keys', async () => {
    const { api, contents, foreign } = installation;
    const tenant = await Tenant.create(api);
    const [made, theirs] = await Promise.all([
      prepare(mutation, tenant),
      prepare(mutation, foreign),
    ]);
    const by = await made.by.as(ALL_SCOPES);
    const fields = inputFieldsOf(mutation);
    const input = (await made.input()) ?? {};
    const good = await goodValues(mutation, made);
    const foreignGood = await goodValues(mutation, theirs);
    const before = contents.read();

    const wrong = Object.values(fields).flatMap((field) =>
      badValuesOf(field, good[field.name]).map((bad) => ({ name: field.name, ...bad })),
    );
    const unexpected: string[] = [];
    for (const { name, what, value, code } of wrong) {
      const answer = await send(by, mutation, put(input, made.more, name, value));
      const named = answer.refusal?.field?.join('.') ?? answer.text;
      const isTold = answer.code === code && named.includes(name);
      if (!isTold) unexpected.push(`${name}, ${what}: ${answer.code}`);
      expect(answer.text).not.toContain(TOO_LONG.slice(0, 1000));
    }
    expect(unexpected).toEqual([]);
    if (Object.keys(fields).length > 0) {
      const misspelt = await send(by, mutation, { ...input, nonsense: 1 });
      expect(misspelt).toMatchObject({ code: 'BAD_USER_INPUT', status: 400 });
    }

    for (const { name, ...ids } of strangeIds(good, foreignGood)) {
      const unknown = await send(by, mutation, put(input, made.more, name, ids.unknown));
      expect({ name, code: unknown.code }).toEqual({ name, code: 'NOT_FOUND' });
      expect(unknown.refusal?.field).toEqual([name]);
      const foreignId = await send(by, mutation, put(input, made.more, name, ids.foreign));
      expect(foreignId.text).toBe(unknown.text);
    }

    const stranger = api.as(UNKNOWN_TOKEN);
    const unknown = await send(stranger, mutation, await made.input());
    expect(unknown).toMatchObject({ code: 'UNAUTHENTICATED', status: 401, payload: null });

    const versioned = 'expectedVersion' in fields ? await staleVersion(by, mutation, input) : {};
    expect(contents.read()).toEqual(before);
    if ('idempotencyKey' in fields) await useKeyTwice(by, mutation, { ...input, ...versioned });
  });
});

/** Refuses a version that is not the entity's; the input with the one that is. */
async function staleVersion(by: Api, mutation: MutationName, input: Input): Promise<Input> {
  const stale = await send(by, mutation, { ...input, expectedVersion: 999 });
  expect(stale).toMatchObject({ code: 'CONFLICT', refusal: { field: ['expectedVersion'] } });
  expect(stale.payload).toMatchObject({ position: null });
  return { ...input, expectedVersion: stale.refusal?.actualVersion };
}

/** The same key gives the first result to the same input, without its secret, and none to another. */
async function useKeyTwice(by: Api, mutation: MutationName, input: Input): Promise<void> {
  const keyed = { ...input, idempotencyKey: 'once' };
  const first = await send(by, mutation, keyed);
  expect(first).toMatchObject({ code: 'DONE', status: 200 });
  const before = installation.contents.read();

  const isSecret = (value: unknown) => typeof value === 'string' && value.startsWith('plsd_');
  const shown = Object.entries(first.payload ?? {});
  const again = await send(by, mutation, keyed);
  expect(again.code).toBe(
    shown.some(([, value]) => isSecret(value)) ? 'SECRET_ALREADY_SHOWN' : 'DONE',
  );
  expect(again.payload).toEqual(
    Object.fromEntries(shown.map(([name, value]) => [name, isSecret(value) ? null : value])),
  );

  const [id] = Object.entries(input).filter(([, value]) => isAnyId(String(value)));
  const changed = id === undefined ? { name: 'Else' } : { [id[0]]: unknownId(String(id[1])) };
  const other = await send(by, mutation, { ...keyed, ...changed });
  expect(other).toMatchObject({
    code: 'IDEMPOTENCY_KEY_REUSED',
    refusal: { field: ['idempotencyKey'] },
  });
  expect(installation.contents.read()).toEqual(before);
}
