import { once } from 'node:events';
import { join } from 'node:path';
import type { Command, Commands, Done } from '../../../src/commands/protocol';
import type * as WriterThread from '../../../src/writer-thread';
import type { Admin, ChildStart, FromChild } from './child-messages';
import { workWithoutEnd } from './work';

/*
 * A process that takes commands in a real writer's thread until it is killed. Its argument is a
 * ChildStart as JSON; it prints one FromChild a line, each at once, so that what it said before a
 * kill can be read after it. It begins to work at the first line of its input.
 */

/** How many commands are in flight at any time. */
const WORKERS = 24;

function say(message: FromChild): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

async function main(): Promise<void> {
  const start = JSON.parse(process.argv[2] ?? '') as ChildStart;
  const { root, folder, run, again = [] } = start;
  const module = (await import(join(root, 'dist', 'writer-thread.js'))) as typeof WriterThread;
  const { client } = await module.startWriter({
    dataFolder: folder,
    migrations: join(root, 'migrations'),
    refusalsFlushMs: 60_000,
    clockOffset: null,
    limits: { total: 1000, perCaller: 1000 },
    onStatus: () => undefined,
    onError: (error, message) => {
      say({ kind: 'LOG', text: `${message}: ${error}` });
    },
  });
  const admin = start.admin ?? (await found(client));
  say({ kind: 'READY', admin });
  // Its input ends with whoever started it: nobody is left to kill this process then.
  process.stdin.once('end', () => process.exit(1));
  await once(process.stdin, 'data');
  for (const command of again) void acknowledge(client, command);
  for (let worker = 0; worker < WORKERS; worker += 1) {
    void workWithoutEnd(`${run}-${worker}`, admin, (command) => acknowledge(client, command));
  }
}

async function found(commands: Commands): Promise<Admin> {
  const outcome = await commands.submit({
    mutation: 'organizationCreate',
    caller: { kind: 'INSTALLATION' },
    input: { slug: 'durable', name: 'Durable', adminName: 'Admin' },
    idempotencyKey: null,
    correlationId: 'found',
  });
  if (outcome.kind !== 'DONE') throw new Error(JSON.stringify(outcome));
  const { organizationId, userId, tokenId } = outcome.ids;
  return { kind: 'MEMBER', organizationId, userId, tokenId } as Admin;
}

/** Has the command carried out and says so. Never resolves once one was not: the worker rests. */
async function acknowledge(commands: Commands, command: Command): Promise<Done['ids']> {
  say({ kind: 'ASKED', command });
  const outcome = await commands.submit(command);
  if (outcome.kind === 'DONE') {
    const { correlationId } = command;
    say({ kind: 'ACKNOWLEDGED', correlationId, position: outcome.position });
    return outcome.ids;
  }
  const code = outcome.kind === 'FAULT' ? outcome.code : outcome.refusal.code;
  say({ kind: 'NOT_DONE', mutation: command.mutation, code });
  return new Promise(() => undefined);
}

void main().catch((error: unknown) => {
  say({ kind: 'FAILED', text: error instanceof Error ? String(error.stack) : String(error) });
  process.exit(1);
});
