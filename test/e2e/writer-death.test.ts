import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gql, runCommand, startServer, type ServerProcess } from '../support/server-process';

/* A real server whose writer's thread dies: nothing can be written any more, so the process ends. */

const DYING_WRITER = resolve(__dirname, '..', 'support', 'e2e', 'dying-writer.cjs');
const CREATE = `mutation ($id: ID!, $slug: String!) {
  clusterCreate(input: { organizationId: $id, slug: $slug, name: $slug }) { cluster { slug } }
}`;
const CLUSTERS = 'query ($id: ID!) { organization(id: $id) { clusters { nodes { slug } } } }';

const dying = (how: 'throw' | 'exit', batches: number): Record<string, string> => ({
  NODE_OPTIONS: `--require ${JSON.stringify(DYING_WRITER)}`,
  DYING_WRITER_HOW: how,
  DYING_WRITER_BATCHES: String(batches),
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'palisade-writer-death-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const create = (server: ServerProcess, slug: string) =>
  gql(server.url, server.adminToken, CREATE, { id: server.organizationId, slug });

const fatal = (log: string): readonly Record<string, unknown>[] =>
  log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ level }) => level === 'fatal' || level === 'error');

describe.each([
  ['throw', 1, 'this thread dies'],
  ['exit', 0, undefined],
] as const)('a writer that ends with %s', (how, code, message) => {
  const err = message === undefined ? null : expect.objectContaining({ message });
  const line = { level: 'fatal', time: expect.any(String), msg: 'the writer ended', code, err };

  it.each(['serve', 'init'])('takes `palisade %s` with it at its first command', async (name) => {
    const ports = name === 'serve' ? ['--port', '0', '--metrics-port', '0'] : [];
    const made = await runCommand([name, '--data-folder', folder, ...ports], dying(how, 0));
    expect(made).toMatchObject({ code: 1, stdout: '' });
    expect(fatal(made.stderr)).toEqual([line]);
  });

  it('takes the process with it, with one line that says so', async () => {
    // The first batch makes the organization.
    const server = await startServer({ folder, env: dying(how, 2) });
    expect((await create(server, 'kept')).data.clusterCreate.cluster).toEqual({ slug: 'kept' });
    await expect(create(server, 'lost')).rejects.toThrow('fetch failed');
    expect(await server.ended).toEqual({ code: 1, signal: null });
    expect(fatal(server.log())).toEqual([line]);

    const again = await server.restart({ env: {} });
    try {
      const { data } = await gql(again.url, again.adminToken, CLUSTERS, {
        id: again.organizationId,
      });
      expect(data.organization.clusters.nodes).toEqual([{ slug: 'kept' }]);
    } finally {
      await again.stop();
    }
  });
});
