import { parse, Kind, type OperationDefinitionNode } from 'graphql';
import { complexityOf } from '../../../src/graphql/limits/complexity';
import { byName, rootFieldsOf } from '../../../src/graphql/limits/definitions';
import { checkOperation, faultOfSize, OPERATION_LIMITS } from '../../../src/graphql/limits/limits';
import { measureDocument } from '../../../src/graphql/limits/measure';
import { createSchema } from '../../../src/graphql/schema';

const schema = createSchema();

function read(query: string) {
  const document = parse(query);
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode =>
      definition.kind === Kind.OPERATION_DEFINITION,
  );
  if (operation === undefined) throw new Error('no operation');
  return { document, operation, fragments: byName(document) };
}

const measure = (query: string) => measureDocument(parse(query), OPERATION_LIMITS.selectionsMax);

const costOf = (query: string, variables: object = {}): number => {
  const { document, operation } = read(query);
  return complexityOf(schema, document, operation, { ...variables });
};

const TEAM = { teamId: 'tea_01h455vb4pex5vsknk084sn02q' };

const check = (query: string, variables: object = {}): void => {
  const { document, operation } = read(query);
  const fault = faultOfSize(document, OPERATION_LIMITS);
  if (fault !== null) throw fault;
  checkOperation(schema, document, operation, { ...variables }, OPERATION_LIMITS);
};

const code = (name: string) =>
  expect.objectContaining({
    extensions: expect.objectContaining({ code: name, http: { status: 400 } }),
  });

describe('measure', () => {
  test('counts what fragments stand for', () => {
    const size = measure(`
      query ($on: Boolean!) @a { one: viewer { ...M } two: viewer { ...M @include(if: $on) } }
      fragment M on Viewer { member { ... on Member @b { n: name } } }
    `);
    expect(size).toEqual({
      depth: 3,
      introspectionDepth: 0,
      aliases: 4,
      directives: 4,
      operations: 1,
      variables: 1,
      fragments: 1,
      spreads: 4,
      selections: 2 + 2 * 4,
      overlaps: 0,
    });
  });

  test('counts introspection apart', () => {
    const size = measure('{ viewer { scopes } __schema { types { fields { name } } } }');
    expect(size).toMatchObject({ depth: 2, introspectionDepth: 4 });
  });

  test('counts the pairs of fields that answer under one name, wherever they stand', () => {
    // Three of viewer, below them three of member, below that two of name; id is another name.
    const { overlaps } = measure(`
      { viewer { ...M } ...Q ... { viewer { member { id: name } } } }
      fragment Q on Query { viewer { ...M } }
      fragment M on Viewer { member { name } }
    `);
    expect(overlaps).toBe(3 + 3 + 1);
  });

  test('of several operations the deepest counts, and the selections of all', () => {
    const size = measure('query A { viewer { member { name } } } query B { a: __typename }');
    expect(size).toMatchObject({ operations: 2, depth: 3, aliases: 1, selections: 4 });
  });

  test('stops when it has counted enough, whatever the document stands for', () => {
    const levels = Array.from(
      { length: 200 },
      (_, n) => `fragment F${n} on Viewer { ...F${n + 1} ...F${n + 1} }`,
    );
    const bomb = `{ viewer { ...F0 } } ${levels.join(' ')} fragment F200 on Viewer { tokenId }`;
    expect(measure(bomb).selections).toBe(OPERATION_LIMITS.selectionsMax + 1);
    expect(() => check(bomb)).toThrow(code('QUERY_TOO_COMPLEX'));
  });

  test.each([
    ['a fragment of itself', '{ ...F } fragment F on Query { ...F }', 2, 0],
    [
      'fragments in a circle',
      '{ ...A } fragment A on Q { b { ...B } } fragment B on Q { ...A }',
      4,
      1,
    ],
    ['an unknown fragment', '{ ...Nowhere }', 1, 0],
    ['a fragment that nothing spreads', 'fragment F on Query { a { b } }', 2, 2],
    ['fragments of one name', 'fragment F on Q { a { b } } fragment F on Q { a } { ...F }', 4, 2],
  ])('measures %s', (_what, query, selections, depth) => {
    expect(measure(query)).toMatchObject({ selections, depth });
  });

  test('root fields are counted by the names they answer under', () => {
    const { operation, fragments } = read(`
      mutation { agentDisconnect { position } a: agentDisconnect { position } ...A ...A }
      fragment A on Mutation { b: agentDisconnect { position } agentHeartbeat { serverTime } ...B }
      fragment B on Mutation { ... { agentDisconnect { userErrors { code } } } }
    `);
    expect([...rootFieldsOf(operation, fragments)].sort()).toEqual([
      'agentDisconnect',
      'agentDisconnect',
      'agentDisconnect',
      'agentHeartbeat',
    ]);
  });
});

const LISTS = `query ($n: Int!) {
  organization(slug: "acme") { clusters(first: $n) { nodes { slug queues(first: 10) { nodes { key } } } } }
}`;

describe('complexity', () => {
  test('a list costs its length times what each of its items costs', () => {
    // viewer, organization, clusters, then for each: nodes, slug
    expect(costOf('{ viewer { organization { clusters(first: 7) { nodes { slug } } } } }')).toBe(
      3 + 7 * 2,
    );
    expect(costOf(LISTS, { n: 3 })).toBe(2 + 3 * (1 + 1 + 1 + 10 * 2));
  });

  test('a length left out counts as the default, ids by their number', () => {
    expect(costOf('{ viewer { organization { clusters { nodes { slug } } } } }')).toBe(3 + 50 * 2);
    expect(costOf('query ($i: [ID!]!) { nodes(ids: $i) { id } }', { i: ['a', 'b', 'c'] })).toBe(4);
  });

  test('no number makes the sum smaller', () => {
    expect(costOf(LISTS, { n: -1000 })).toBe(costOf(LISTS, { n: 1 }));
    expect(costOf(LISTS, { n: 0 })).toBe(costOf(LISTS, { n: 1 }));
  });

  test('changes cost by their number, whatever is asked of what follows from them', () => {
    const query = `query ($c: [AccessChangeInput!]!, $n: Int = 50) {
      accessPreview(changes: $c, first: $n) { difference { nodes { subject { id } } } }
    }`;
    const c = (count: number) => Array.from({ length: count }, () => ({ teamDelete: TEAM }));
    expect(costOf(query, { c: c(0), n: 1 })).toBe(1 + 4);
    expect(costOf(query, { c: c(3), n: 1 })).toBe(1 + 3 * 5 + 4);
    expect(costOf(query, { c: c(1000) })).toBe(1 + 1000 * 5 + 50 * 4);
    const written = query.replace('$c: [AccessChangeInput!]!, ', '').replace('$c', '[{}, {}]');
    expect(() => costOf(written)).toThrow();
    const known = written.replace('[{}, {}]', `[{ teamDelete: { teamId: "tea_1" } }]`);
    expect(costOf(known)).toBe(1 + 5 + 50 * 4);
  });

  test('only the operation asked for costs', () => {
    const document = parse('query A { viewer { tokenId } } query B { viewer { tokenId scopes } }');
    const [a] = document.definitions as OperationDefinitionNode[];
    if (a === undefined) throw new Error('no operation');
    expect(complexityOf(schema, document, a, {})).toBe(2);
  });

  test('the cost of one document follows its variables, whichever came before', () => {
    const { document, operation } = read(`query ($n: Int = 5, $i: [ID!]!, $on: Boolean!) {
      nodes(ids: $i) { id }
      viewer @include(if: $on) { organization { clusters(first: $n) { nodes { slug } } } }
    }`);
    const cost = (variables: object) => complexityOf(schema, document, operation, { ...variables });
    for (let round = 0; round < 2; round += 1) {
      expect(cost({ i: ['a'], on: true })).toBe(2 + 3 + 5 * 2);
      expect(cost({ i: ['b'], on: true, n: 7 })).toBe(2 + 3 + 7 * 2);
      expect(cost({ i: ['a', 'b'], on: true, n: 7 })).toBe(3 + 3 + 7 * 2);
      expect(cost({ i: 'a', on: false, n: 7 })).toBe(2);
      for (const misfit of [
        { i: 5.5, on: true },
        { i: [], on: 'yes' },
        { i: [], on: true, n: 'x' },
      ]) {
        expect(() => cost(misfit)).toThrow(code('BAD_USER_INPUT'));
      }
    }
  });

  test('variables that do not fit exempt nothing from being counted', () => {
    expect(() => costOf(LISTS, { n: 'many' })).toThrow(code('BAD_USER_INPUT'));
    const hidden = `query ($n: Int = 5) {
      a: viewer { organization { clusters(first: $n) { nodes { slug } } } }
      b: viewer { organization { clusters(first: 1000000) { nodes { slug } } } }
    }`;
    expect(() => costOf(hidden, { n: null })).toThrow(code('BAD_USER_INPUT'));
  });
});

describe('limits', () => {
  const nested = (depth: number): string => {
    const [open, close] = ['cluster { queues { nodes { ', '} } }'];
    const times = Math.floor((depth - 2) / 3);
    return `{ node(id: "x") { ... on Queue { ${open.repeat(times)} key ${close.repeat(times)} } } }`;
  };

  test('an ordinary operation passes', () => {
    expect(() => check(LISTS, { n: 50 })).not.toThrow();
  });

  test.each([
    ['too deep', nested(14)],
    [
      'too many aliases',
      `{ ${Array.from({ length: 31 }, (_, n) => `a${n}: __typename`).join(' ')} }`,
    ],
    ['too many directives', `{ __typename ${'@include(if: true) '.repeat(21)} }`],
    [
      'too costly',
      LISTS.replace('$n)', '100)').replace('first: 10', 'first: 100').replace('($n: Int!)', ''),
    ],
    [
      'too deep in introspection',
      `{ __schema { types { ${'fields { type { '.repeat(10)} name ${'} }'.repeat(10)} } } }`,
    ],
    ['too many operations', Array.from({ length: 21 }, (_, n) => `query A${n} { a }`).join(' ')],
    ['too many variables', `query (${'$a: Int '.repeat(101)}) { a }`],
    [
      'too many fragments',
      `{ a } ${Array.from({ length: 51 }, (_, n) => `fragment F${n} on Query { a }`).join(' ')}`,
    ],
    ['too many spreads', `{ ${'...F '.repeat(201)} }`],
    ['too many inline fragments', `{ ${'...{'.repeat(201)} a ${'}'.repeat(201)} }`],
    ['too many fields of one name', `{ ${'a '.repeat(46)} }`],
    [
      'too many fields of one name in fragments',
      `{ ${'...F '.repeat(46)} } fragment F on Query { a }`,
    ],
    [
      'too many mutations',
      `mutation { ${Array.from({ length: 11 }, (_, n) => `a${n}: agentHeartbeat { serverTime }`).join(' ')} }`,
    ],
    [
      'two registrations',
      'mutation ($a: AgentRegisterInput!) { a: agentRegister(input: $a) { serverTime } ...B } fragment B on Mutation { b: agentRegister(input: $a) { serverTime } }',
    ],
  ])('%s is QUERY_TOO_COMPLEX', (_what, query) => {
    expect(() => check(query, { a: { assertion: 'x' } })).toThrow(code('QUERY_TOO_COMPLEX'));
  });

  test('a length that comes as a variable counts like one that is written', () => {
    expect(() => check(LISTS, { n: 100 })).not.toThrow();
    expect(() => check(LISTS, { n: 1_000_000 })).toThrow(code('QUERY_TOO_COMPLEX'));
  });

  const PREVIEW = `query ($c: [AccessChangeInput!]!) {
    accessPreview(changes: $c, first: 100) { difference { nodes { subject { id } } } }
  }`;

  test('1000 changes with all they may name are few enough, and no list is for free', () => {
    const branches = Array.from({ length: 20 }, (_, n) => `release/${n}`);
    const grant = { queueId: 'que_1', pipelineId: 'pip_1', branches, expiresAt: null };
    const c = Array.from({ length: 1000 }, () => ({ queuePipelineGrant: grant }));
    expect(() => check(PREVIEW, { c })).not.toThrow();
    expect(() => check(PREVIEW, { c: [...c, ...c] })).toThrow(code('QUERY_TOO_COMPLEX'));
  });

  test.each([
    ['a long list', Array.from({ length: 30_001 }, () => ({}))],
    ['a list in one change', [{ agentKeyRegister: { tags: Array(30_001).fill(1) } }]],
    ['lists in lists', Array.from({ length: 200 }, () => Array(200).fill([]))],
  ])('variables that hold too much are refused before they are judged: %s', (_what, c) => {
    expect(() => check(PREVIEW, { c })).toThrow(code('QUERY_TOO_COMPLEX'));
  });

  test('however deep variables are nested, they are measured', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 25_000; level += 1) deep = [deep];
    expect(() => check(LISTS, { n: deep })).toThrow(code('BAD_USER_INPUT'));
  });

  test('of variables that do not fit in many places, a few are described and one is told', () => {
    let described = 0;
    class Misfit {
      toJSON(): object {
        described += 1;
        return {};
      }
    }
    const c = Array.from({ length: 2000 }, () => new Misfit());
    expect(() => check(PREVIEW, { c })).toThrow(/Exactly one key/u);
    expect(described).toBeGreaterThan(0);
    expect(described).toBeLessThan(20);
  });

  test('a subscription does not go over a request', () => {
    expect(() => check('subscription { events { position } }')).toThrow(code('BAD_REQUEST'));
  });
});
