import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { FolderLocked, lockFolder } from '../../../src/ledger/sqlite/lock';
import { makeFolder, removeFolder } from '../../support/ledger/ledger-folder';

/** Another process that takes the lock as this program does, tells how that went, and stays. */
const HOLDER = `
  const Sqlite = require('better-sqlite3');
  const database = new Sqlite(process.argv[1] + '/lock.db', { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
    process.stdout.write('held');
  } catch (error) {
    process.stdout.write(error.code);
  }
  setInterval(() => database.inTransaction, 1000);
`;

let folder: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  folder = makeFolder();
});

afterEach(async () => {
  await end();
  removeFolder(folder);
});

async function startOther(): Promise<string> {
  child = spawn(process.execPath, ['-e', HOLDER, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: __dirname,
  });
  if (child.stdout === null) throw new Error('no output to read');
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return said.toString();
}

async function end(): Promise<void> {
  if (child === undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  child = undefined;
}

it('holds the folder against every other process until it is released', async () => {
  const release = lockFolder(folder);
  expect(await startOther()).toBe('SQLITE_BUSY');
  await end();
  release();
  expect(await startOther()).toBe('held');
});

it('is refused while another process holds it, and free once that was killed', async () => {
  expect(await startOther()).toBe('held');
  expect(() => lockFolder(folder)).toThrow(FolderLocked);
  await end();
  lockFolder(folder)();
});

it('is held once, also within a process', () => {
  const release = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(FolderLocked);
  release();
  lockFolder(folder)();
});

it('needs a folder', () => {
  expect(() => lockFolder(`${folder}/nowhere`)).toThrow('directory does not exist');
});
