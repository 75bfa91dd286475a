import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { addMember, Api } from '../support/e2e/api';
import { runCommand, startServer, type ServerProcess } from '../support/server-process';

/* `palisade access test`: files of expectations against their own facts, and against a server. */

const GUIDE = readFileSync(resolve(__dirname, '..', '..', 'docs', 'access-tests.md'), 'utf8');
const EXAMPLE = /```yaml\n([^]*?)```/u.exec(GUIDE)?.[1] ?? '';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'palisade-access-tests-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(text: string, args: readonly string[] = [], env: Record<string, string> = {}) {
  const file = join(folder, 'access.yaml');
  writeFileSync(file, text);
  return runCommand(['access', 'test', ...args, file], env);
}

/** One organization with nothing in it but its ADMIN and a member, and these tests. */
const withTests = (tests: string): string =>
  `organization: { members: { ada: ADMIN, bob: MEMBER } }\ntests:\n${tests}`;

describe('with the facts of the file', () => {
  test('the example of the guide holds', async () => {
    const { code, stdout } = await run(EXAMPLE);
    expect(stdout).toContain('8 passed, 0 failed');
    expect(stdout).not.toContain('FAIL');
    expect(code).toBe(0);
  });

  test('what does not hold is told with its line and what differs', async () => {
    const { code, stdout } = await run(
      withTests(
        [
          '  - allowed: { subject: user:bob, action: cluster:create, resource: organization }',
          '  - name: readers',
          '    subjects: { action: organization:read, resource: organization }',
          '    are: [user:bob, user:eve]',
          '  - subjects: { action: audit:read, resource: organization }',
          '    are: [user:bob]',
          '  - denied:',
          '      { subject: user:bob, action: audit:read, resource: organization, code: ARCHIVED }',
        ].join('\n'),
      ),
    );
    expect(code).toBe(1);
    expect(stdout).toContain('(line 3)\n          expected it to be allowed, but it is denied');
    expect(stdout).toContain('readers (line 4)\n          user:eve is not among the facts');
    expect(stdout).toContain('(line 7)\n          expected user:bob, which is not in the answer');
    expect(stdout).toMatch(/the answer has usr_\w{26}, which is not expected/u);
    expect(stdout).toContain('expected ARCHIVED, but the answer is DENIED');
    expect(stdout).toContain('0 passed, 4 failed');
  });

  test.each([
    ['no YAML', 'tests: [', 'line 1:'],
    ['a key twice', 'tests: []\ntests: []', 'line 2: Map keys must be unique'],
    ['no tests', 'now: 2026-01-01T00:00:00Z', 'line 1: tests: Expected required property.'],
    ['an unknown key', `${EXAMPLE}\nelse: 1`, 'else: Unexpected property.'],
    [
      'an unknown action',
      withTests('  - allowed: { subject: user:bob, action: fly, resource: organization }'),
      'line 3: tests.0.allowed.action:',
    ],
    [
      'no facts',
      'tests:\n  - actions: { subject: user:a, resource: organization }\n    are: []',
      'states no organization',
    ],
    [
      'no ADMIN',
      'organization: { members: { bob: MEMBER } }\ntests:\n  - actions: { subject: user:bob, resource: organization }\n    are: []',
      'needs a member with ADMIN',
    ],
    [
      'a day that there is not',
      withTests(
        '  - at: 2027-02-30T00:00:00Z\n    denied: { subject: user:bob, action: audit:read, resource: organization }',
      ),
      'line 3: tests.0.at: Expected string to match',
    ],
    [
      'a file with no end',
      withTests(`  # ${'x'.repeat(20_000_000)}`),
      'access.yaml: The file is too long.',
    ],
  ])('%s is told with its line, and is no failed test', async (_what, text, message) => {
    const { code, stderr, stdout } = await run(text);
    expect(stderr).toContain(message);
    expect(stdout).not.toContain('passed');
    expect(code).toBe(2);
  });

  test('what an action is not about is no denial, and no list of nobody', async () => {
    const { code, stdout } = await run(
      withTests(
        [
          '  - denied: { subject: user:ada, action: cluster:use, resource: user:bob }',
          '  - subjects: { action: cluster:use, resource: organization }',
          '    are: []',
          '  - denied: { subject: user:bob, action: access:ask, resource: user:ada }',
        ].join('\n'),
      ),
    );
    expect(stdout).toContain('(line 3)\n          cluster:use is about a thing of kind cluster');
    expect(stdout).toContain('(line 4)\n          cluster:use is about a thing of kind cluster');
    expect(stdout).toContain('1 passed, 2 failed');
    expect(code).toBe(1);
  });

  test('facts that cannot be are refused', async () => {
    const text = [
      'organization:',
      '  members: { ada: ADMIN, ida: AUDITOR }',
      '  clusters: { web: { grants: [{ to: user:ida, level: USE }] } }',
      'tests:',
      '  - denied: { subject: user:ida, action: cluster:use, resource: cluster:web }',
    ].join('\n');
    const { code, stderr } = await run(text);
    expect(stderr).toContain('The facts cannot be: clusterGrant');
    expect(code).toBe(1);
  });
});

describe('with a server', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer();
    const admin = new Api(server.url, server.adminToken);
    const { organizationId } = server;
    const person = { organizationId, name: 'Mona', role: 'MEMBER', kind: 'PERSON' };
    await admin.do('organizationMemberAdd', { ...person, email: 'mona@example.org' });
    const { cluster } = await admin.do(
      'clusterCreate',
      { organizationId, slug: 'web', name: 'Web' },
      'cluster { id }',
    );
    await admin.do('clusterQueueCreate', { clusterId: cluster.id, key: 'default', mode: 'OPEN' });
    const pipeline = { organizationId, clusterId: cluster.id, slug: 'site', name: 'Site' };
    await admin.do('pipelineCreate', pipeline);
  });
  afterAll(() => server.stop());

  const TESTS = `tests:
  - denied: { subject: user:mona@example.org, action: cluster:reach, resource: cluster:web }
  - allowed: { subject: pipeline:site, action: queue:run, resource: queue:web/default }
  - subjects: { action: cluster:reach, resource: cluster:web }
    are: [user:Admin]
  - subjects: { type: pipeline, action: queue:run, resource: queue:web/default }
    are: [pipeline:site]
  - resources: { subject: user:Admin, action: cluster:manage }
    are: [cluster:web]
  - actions: { subject: user:Mona, resource: organization }
    are: [organization:read]
`;
  const ask = (text: string, more: readonly string[] = [], token = server.adminToken) =>
    run(text, ['--server', server.url, ...more], { PALISADE_TOKEN: token });

  test('names are looked up and answers asked for', async () => {
    const { code, stdout, stderr } = await ask(TESTS);
    expect(stderr).toBe('');
    expect(stdout).toContain('6 passed, 0 failed');
    expect(code).toBe(0);
  });

  test('an instant before anything happened is a moment of its own', async () => {
    const { code, stderr } = await ask(TESTS, ['--at', '2020-01-01T00:00:00Z']);
    expect(stderr).toContain('400');
    expect(code).toBe(1);
  });

  test('a name that the server does not show fails its test', async () => {
    const text =
      'tests:\n  - denied: { subject: user:nobody, action: cluster:use, resource: cluster:web }';
    const { code, stdout } = await ask(text);
    expect(stdout).toContain('the server shows no user:nobody');
    expect(code).toBe(1);
  });

  test('what the server does not know is no denial, unless that is expected', async () => {
    const denied = (resource: string, code = ''): string =>
      `  - denied: { subject: user:Mona, action: cluster:use, resource: ${resource}${code} }\n`;
    const unknown = `cluster:clu_${'0'.repeat(26)}`;
    const { code, stdout } = await ask(
      `tests:\n${denied(unknown)}${denied(unknown, ', code: NOT_FOUND')}${denied(`cluster:usr_${'0'.repeat(26)}`)}`,
    );
    expect(stdout).toContain('(line 2)\n          expected it to be denied, but it is unknown');
    expect(stdout).toContain('(line 4)\n          cluster:usr_');
    expect(stdout).toContain('1 passed, 2 failed');
    expect(code).toBe(1);
  });

  test.each([
    ['of a MEMBER', 'MEMBER', ['read']],
    ['that may not read everything', 'AUDITOR', ['access:ask', 'organization:read']],
  ])('a token %s is refused: what is hidden from it would look denied', async (_, role, scopes) => {
    const admin = new Api(server.url, server.adminToken);
    const { api } = await addMember(admin, server.organizationId, 'ci', { role, scopes });
    const text = `tests:\n  - actions: { subject: user:${server.adminId}, resource: organization }\n    are: []`;
    const { code, stdout, stderr } = await ask(text, [], api.token ?? '');
    expect(stderr).toContain('a token of an ADMIN or AUDITOR, with the scope read');
    expect(stdout).not.toContain('passed');
    expect(code).toBe(2);
  });

  test('what another server answers is told as text, and never the token', async () => {
    const echo = createServer((request, response) => {
      response
        .writeHead(403)
        .end(`\u001b[2J${String(request.headers.authorization)}${'x'.repeat(1e6)}`);
    });
    await new Promise<void>((done) => echo.listen(0, '127.0.0.1', done));
    const { port } = echo.address() as AddressInfo;
    const env = { PALISADE_TOKEN: server.adminToken };
    const told = await run(TESTS, ['--server', `http://127.0.0.1:${String(port)}`], env);
    echo.close();
    expect(told.stderr).toContain('answered 403');
    expect(told.stderr).not.toContain(server.adminToken);
    expect(told.stderr).not.toContain('\u001b');
    expect(told.stderr.length).toBeLessThan(1000);
    expect(told.code).toBe(1);
  });

  test('without a good token nothing is asked, and the token is never told', async () => {
    const wrong = `plsd_${'a'.repeat(60)}`;
    const { code, stdout, stderr } = await ask(TESTS, [], wrong);
    expect(code).toBe(1);
    expect(stderr).toContain('401');
    expect(stdout + stderr).not.toContain(wrong);
    expect(await ask(TESTS, [], '')).toMatchObject({ code: 2 });
    const env = { PALISADE_TOKEN: server.adminToken };
    for (const url of ['http://palisade.example', 'ftp://127.0.0.1', 'palisade.example']) {
      expect(await run(TESTS, ['--server', url], env)).toMatchObject({
        code: 2,
        stdout: expect.not.stringContaining('passed'),
      });
    }
  });
});
