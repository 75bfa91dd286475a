import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { examplesOf } from '../../support/guide/examples';
import { send } from '../../support/guide/send';
import { StandIns, type Json } from '../../support/guide/stand-ins';
import { startServer, type ServerProcess } from '../../support/server-process';

/* The guide to access: every example of it is sent to one server, in the guide's order. */

const root = resolve(__dirname, '..', '..', '..');
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');
const examples = examplesOf(read('docs/access.md'));

let server: ServerProcess;
let standIns: StandIns;
beforeAll(async () => {
  server = await startServer();
  standIns = new StandIns({ plsd_admin: server.adminToken });
});
afterAll(() => server.stop());

test.each(examples)('$title', async (example) => {
  const shown = JSON.parse(example.answer) as Json;
  const answer = await send(server.url, example, standIns);
  expect(standIns.inTheGuidesWords(answer, shown)).toEqual(shown);
});

test('every question about access has an example', () => {
  const [, queries = ''] = /^type Query \{$([^]*?)^\}$/mu.exec(read('schema.graphql')) ?? [];
  const questions = [...queries.matchAll(/^ {2}(access\w+)\(/gmu)].map(([, name]) => name ?? '');
  expect(questions).toContain('accessCheck');
  for (const question of questions) {
    const asks = new RegExp(`\\b${question}\\(`, 'u');
    expect(examples.filter(({ request }) => asks.test(request))).not.toEqual([]);
  }
});
