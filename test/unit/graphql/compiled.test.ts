import { readFileSync } from 'node:fs';
import { Kind, parse, type OperationDefinitionNode } from 'graphql';
import {
  COMPILED_AFTER,
  CompiledOperations,
} from '../../../src/graphql/compiled/compiled-operations';
import { createSchema } from '../../../src/graphql/schema';
import { MemoryApi } from '../../support/graphql/memory-api';

const api = new MemoryApi();
const { organization } = api;
const admin = { ...organization.admin, scopes: ['read', 'write'] };
const stranger = { ...organization.member(), scopes: ['read'] };
let clusterId = '';
let pipelineId = '';

beforeAll(async () => {
  await api.start();
  const organizationId = organization.id;
  for (const slug of ['a', 'b', 'c']) {
    const input = { organizationId, slug, name: slug };
    ({ clusterId = '' } = organization.do(organization.admin, 'clusterCreate', input));
  }
  const pipeline = { organizationId, clusterId, slug: 'p', name: 'p' };
  ({ pipelineId = '' } = organization.do(organization.admin, 'pipelineCreate', pipeline));
  const use = { clusterId, userId: stranger.userId, level: 'USE' } as const;
  organization.do(organization.admin, 'clusterGrant', use);
});
afterAll(() => api.stop());

/** The answer once as it is executed and once as a program, without what is of one request. */
async function bothAnswers(
  query: string,
  variables: object,
  principal: typeof admin,
): Promise<readonly [string, string]> {
  const answers: string[] = [];
  for (let asked = 0; asked <= COMPILED_AFTER; asked += 1) {
    const answer = await api.ask(principal, query, variables);
    const known = answer.errors.map(({ extensions, ...error }) => ({
      ...error,
      extensions: { ...extensions, requestId: null },
    }));
    answers.push(JSON.stringify({ ...answer, errors: known }));
  }
  return [answers[0] ?? '', answers.at(-1) ?? ''];
}

const CHECK = `query Check($input: AccessCheckInput!) { accessCheck(input: $input) {
  __typename allowed code moment { position instant } reasons { rule facts { relation branches
  event { type actor { kind id } } } } } }`;
const LIST = `query List($id: ID!, $first: Int = 2, $with: Boolean = true, $without: Boolean = false) {
  organization(id: $id) { ...Some @include(if: $with) name @skip(if: $without)
    one: clusters(first: $first) { nodes { ...C } pageInfo { hasNextPage endCursor } } } }
  fragment Some on Organization { id slug }
  fragment C on Cluster { slug ... on Node { id } createdAt description queues(first: 3) { nodes { key } } }`;
const NODE = `query Node($id: ID!) { node(id: $id) { __typename id
  ... on Cluster { slug name queues(first: 1) { nodes { key } } } ... on Member { role } } }`;
/** One fragment, spread in two places on two conditions; and twice in one place. */
const CONDITIONS = `query Conditions($a: Boolean!, $b: Boolean!) {
  x: viewer { ...V @include(if: $a) } y: viewer { ...V @include(if: $b) }
  z: viewer { ...V @include(if: $a) ...V @include(if: $b) } } fragment V on Viewer { tokenId scopes }`;
const MOVE = `query Move($subjectId: ID!, $pipelineId: ID!, $action: String!, $to: ID) {
  accessCheck(input: { subjectId: $subjectId, resourceId: $pipelineId, action: $action,
    targetClusterId: $to }) { allowed code } }`;
const SCHEMA = `query Schema($name: String!) { __schema { queryType { name } types { name kind } }
  __type(name: $name) { possibleTypes { name } } }`;

const moving = (): object => ({
  ...{ subjectId: organization.admin.userId, pipelineId, action: 'pipeline:move' },
});
const check = (changes: object = {}): object => ({
  input: {
    ...{ subjectId: stranger.userId, action: 'cluster:use', resourceId: clusterId },
    ...changes,
  },
});

test.each<[string, string, () => object]>([
  ['a check', CHECK, () => check()],
  ['a denial', CHECK, () => check({ action: 'cluster:manage' })],
  ['a list and fragments', LIST, () => ({ id: organization.id })],
  ['what is left out', LIST, () => ({ id: organization.id, with: false, without: true })],
  ['a node', NODE, () => ({ id: clusterId })],
  ['another node', NODE, () => ({ id: stranger.userId })],
  ['no node', NODE, () => ({ id: 'clu_00000000000000000000000000' })],
  ['the schema', SCHEMA, () => ({ name: 'Node' })],
  ['a fragment here, not there', CONDITIONS, () => ({ a: true, b: false })],
  ['a fragment there, not here', CONDITIONS, () => ({ a: false, b: true })],
  ['a move out of every cluster', MOVE, () => ({ ...moving(), to: null })],
  ['a move whose target is left out', MOVE, () => moving()],
])('a program answers as execution does: %s', async (name, query, variables) => {
  // A document of its own, of which no test before has made a program.
  const [executed, compiled] = await bothAnswers(`${query} # ${name}`, variables(), admin);
  expect(JSON.parse(executed)).toMatchObject({ status: 200, errors: [] });
  expect(compiled).toBe(executed);
});

test.each<[string, string, () => object]>([
  ['a missing variable', CHECK, () => ({})],
  ['null for what is needed', CHECK, () => ({ input: null })],
  ['a missing member', CHECK, () => ({ input: { subjectId: stranger.userId } })],
  ['an unknown member', CHECK, () => check({ more: 1 })],
  ['a list for one', CHECK, () => check({ action: ['cluster:use'] })],
  ['a number for text', CHECK, () => check({ action: 1 })],
  ['an object for an id', CHECK, () => check({ resourceId: {} })],
  ['a fraction for an id', CHECK, () => check({ resourceId: 1.5 })],
  ['text for an input', CHECK, () => ({ input: 'text' })],
  ['a malformed id', CHECK, () => check({ subjectId: 'nobody' })],
  ['a malformed moment', CHECK, () => check({ asOf: { position: 'x' } })],
  ['the future', CHECK, () => check({ asOf: { position: 1000 } })],
  ['text for a number', LIST, () => ({ id: organization.id, first: '2' })],
  ['a fraction for a number', LIST, () => ({ id: organization.id, first: 1.5 })],
  ['a number beyond Int', LIST, () => ({ id: organization.id, first: 2 ** 31 })],
  ['a page too long', LIST, () => ({ id: organization.id, first: 1000 })],
  ['text for a truth', LIST, () => ({ id: organization.id, with: 'true' })],
  ['null for a truth', LIST, () => ({ id: organization.id, with: null })],
  ['a truth for an id', NODE, () => ({ id: true })],
])('a program refuses as execution does: %s', async (_name, query, variables) => {
  const good = query === CHECK ? check() : { id: organization.id };
  await bothAnswers(query, good, admin);
  const [executed, compiled] = await bothAnswers(query, variables(), admin);
  expect(compiled).toBe(executed);
  const fresh = `${query} # never asked before: ${_name}`;
  const { status, data, errors } = await api.ask(admin, fresh, variables());
  expect(errors.length).toBeGreaterThan(0);
  // Of several faults, a document that is new tells the first.
  const told = JSON.parse(compiled) as { readonly errors: readonly { message: string }[] };
  expect(told).toMatchObject({ status, data });
  expect(told.errors.map(({ message }) => message)).toEqual(
    expect.arrayContaining(errors.map(({ message }) => message)),
  );
});

test('a program tells a member no more than execution does', async () => {
  const query = `query Audit($id: ID!) { auditEvents(organizationId: $id, first: 5) { nodes { type } } }`;
  const variables = { id: organization.id };
  const [allowed] = await bothAnswers(query, variables, admin);
  expect(JSON.parse(allowed)).toMatchObject({ errors: [] });
  const [first, later] = await bothAnswers(query, variables, stranger);
  expect(later).toBe(first);
  expect(JSON.parse(later)).not.toMatchObject({ errors: [] });
});

test('what is written into a query runs in no program', async () => {
  const source = readFileSync(require.resolve('graphql-jit/dist/execution.js'), 'utf8');
  const mark = /MAGIC_DATE = "(\w+)"/.exec(source)?.[1] ?? '';
  expect(mark).not.toBe('');
  const ran = 'ranFromAQuery';
  const query = `{ node(id: "${mark}(globalThis.${ran}=1,0)") { id } }`;
  for (let asked = 0; asked <= COMPILED_AFTER; asked += 1) await api.ask(admin, query, {});
  expect(globalThis).not.toHaveProperty(ran);
});

describe('what is compiled', () => {
  const operations = new CompiledOperations(createSchema());
  const asked = (query: string, name?: string) => {
    const document = parse(query);
    const operation = document.definitions.find(
      (definition): definition is OperationDefinitionNode =>
        definition.kind === Kind.OPERATION_DEFINITION &&
        (name === undefined || definition.name?.value === name),
    );
    if (operation === undefined) throw new Error('no operation');
    return () => operations.find(document, operation);
  };

  test('nothing that is asked a few times, then one program for good', () => {
    const ask = asked('{ viewer { member { name } } }');
    for (let count = 1; count < COMPILED_AFTER; count += 1) expect(ask()).toBeNull();
    const compiled = ask();
    expect(compiled).not.toBeNull();
    expect(ask()).toBe(compiled);
  });

  test.each([
    '{ node(id: "clu_1") { id } }',
    '{ node(id: """clu_1""") { id } }',
    'query ($id: ID = "clu_1") { node(id: $id) { id } }',
    '{ ...F } fragment F on Query { node(id: "clu_1") { id } }',
    '{ organization(id: 1) { clusters(first: 1.5) { nodes { id } } } }',
    '{ __proto__: __typename }',
    '{ __context: __typename }',
    'query ($__proto__: ID!) { node(id: $__proto__) { id } }',
    'query ($a: Boolean!) { viewer { tokenId @include(if: $a) } }',
    'query ($a: Boolean!) { viewer { ... @skip(if: $a) { tokenId } } }',
    'query ($r: ID!) { accessCheck(input: { subjectId: $r, resourceId: $r, action: $r }) { code } }',
    'query ($i: ID!) { nodes(ids: [$i]) { id } }',
    'query ($id: ID!) { node(id: $id) { id } }',
  ])('nothing that a program would answer otherwise, or run, however often: %s', (query) => {
    const ask = asked(query);
    for (let count = 0; count < 2 * COMPILED_AFTER; count += 1) expect(ask()).toBeNull();
  });

  test('each operation of a document by itself', async () => {
    const document = 'query A { a: __typename } query B { b: __typename }';
    const [a, b] = [asked(document, 'A'), asked(document, 'B')];
    for (let count = 1; count < COMPILED_AFTER; count += 1) {
      a();
      b();
    }
    expect(await a()?.query({}, {}, {})).toEqual({ data: { a: 'Query' } });
    expect(await b()?.query({}, {}, {})).toEqual({ data: { b: 'Query' } });
  });

  test('no more than memory has room for: what was forgotten is not compiled at once again', () => {
    const first = asked('{ first: __typename }');
    for (let count = 0; count < COMPILED_AFTER; count += 1) first();
    expect(first()).not.toBeNull();
    for (let number = 0; number < 128; number += 1) {
      const ask = asked(`{ n${number}: __typename }`);
      for (let count = 0; count < COMPILED_AFTER; count += 1) ask();
    }
    expect(first()).toBeNull();
  });
});
