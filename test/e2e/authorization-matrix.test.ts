import { ACTION_NAMES } from '../../src/access/actions';
import { MUTATION_ACTIONS } from '../../src/access/operations';
import type { Api } from '../support/e2e/api';
import { ALL_SCOPES, type Case, type Input, type Intruder } from '../support/e2e/matrix/fixture';
import { FIXTURES } from '../support/e2e/matrix/fixtures';
import { startInstallation, type Installation } from '../support/e2e/matrix/installation';
import { MUTATIONS } from '../support/e2e/matrix/mutations';
import { send } from '../support/e2e/matrix/send';
import { withUnknownIds } from '../support/e2e/matrix/strange-ids';
import { Tenant } from '../support/e2e/matrix/tenant';

/*
 * Every mutation of the schema by everybody who must not, with an input that is valid: each is told
 * what they may know and leaves no trace. Then by the one who barely may.
 */

let installation: Installation;

beforeAll(async () => {
  installation = await startInstallation();
});

afterAll(async () => {
  await installation.stop();
});

test('every mutation has a fixture, and every fixture is of a mutation', () => {
  expect(Object.keys(FIXTURES).sort()).toEqual([...MUTATIONS].sort());
});

test.each(MUTATIONS)('%s: by nobody who must not, then by the least who may', async (mutation) => {
  const { api: installed, contents, foreign } = installation;
  const prepare = FIXTURES[mutation];
  if (prepare === undefined) throw new Error(`${mutation} has no fixture`);
  const tenant = await Tenant.create(installed);
  const made = await prepare(tenant);
  const needed = [MUTATION_ACTIONS[mutation], ...(made.alsoScopes ?? [])];
  const refused = await refusedCallers(tenant, made, needed);
  const by = await made.by.as(needed);
  const before = contents.read();

  for (const { who, api, input, code } of refused) {
    const answer = await send(api, mutation, input ?? (await inputOf(made)));
    expect({ who, code: answer.code }).toEqual({ who, code });
    expect({ who, content: contents.read() }).toEqual({ who, content: before });
  }

  const told = await inputOf(made);
  const toStranger = await send(foreign.admin, mutation, told);
  const unknown = withUnknownIds(told) as Input | null;
  expect(toStranger.text).toBe((await send(foreign.admin, mutation, unknown)).text);
  expect(contents.read()).toEqual(before);

  const done = await send(by, mutation, await made.input());
  expect(done).toMatchObject({ code: 'DONE', status: 200 });
  const { appends = ['ACCESS'] } = made;
  const after = contents.read();
  expect(grown(before.heads, after.heads)).toEqual(appends);
  expect(after.views === before.views).toBe(appends.length === 0);
});

interface Refused {
  readonly who: string;
  readonly api: Api;
  readonly input?: Input | undefined;
  readonly code: string;
}

/** Everybody who must be turned away, and how. */
async function refusedCallers(
  tenant: Tenant,
  { by, bare, codes = {}, attempts = [] }: Case,
  needed: readonly string[],
): Promise<readonly Refused[]> {
  const { api, foreign, foreignAgent } = installation;
  const others = ACTION_NAMES.filter((action) => !needed.includes(action));
  const isMember = codes.installation !== null && codes.agent !== null && !('anonymous' in codes);
  const scoped = isMember ? by : await tenant.member('ADMIN');
  const [member, auditor, reading, wrong] = await Promise.all([
    tenant.member().then(({ as }) => as(ALL_SCOPES)),
    tenant.member('AUDITOR').then(({ as }) => as(ALL_SCOPES)),
    scoped.as(['read']),
    scoped.as(others),
  ]);
  const intruders: readonly [Intruder, Api, string][] = [
    ['anonymous', api.as(null), 'UNAUTHENTICATED'],
    ['foreign ADMIN', foreign.admin, 'NOT_FOUND'],
    ['bare MEMBER', member, bare],
    ['AUDITOR', auditor, 'FORBIDDEN'],
    ['under-scoped token', reading, 'FORBIDDEN'],
    ['under-scoped token', wrong, 'FORBIDDEN'],
    ['agent', foreignAgent, 'FORBIDDEN'],
    ['installation', api, 'FORBIDDEN'],
  ];
  const refused: Refused[] = intruders.flatMap(([who, caller, usual]) => {
    const code = codes[who] === undefined ? usual : codes[who];
    return code === null ? [] : [{ who, api: caller, code }];
  });
  for (const { who, by: attempting, input, code } of attempts) {
    refused.push({ who, api: await attempting(), input, code });
  }
  return refused;
}

/** What intruders say. */
function inputOf({ input, forged }: Case): Promise<Input | null> {
  return forged === undefined ? input() : forged();
}

/** The kinds of the ledgers that grew. */
function grown(before: string, after: string): readonly string[] {
  const positions = new Map(headsOf(before));
  return headsOf(after)
    .filter(([ledger, position]) => position !== (positions.get(ledger) ?? 0))
    .map(([ledger]) => (ledger % 2 === 0 ? 'ACCESS' : 'ACTIVITY'));
}

function headsOf(heads: string): readonly (readonly [ledger: number, position: number])[] {
  return (JSON.parse(heads) as [number, number, string][]).map(([ledger, position]) => [
    ledger,
    position,
  ]);
}
