import { closeSync, openSync, readSync } from 'node:fs';
import { Command } from 'commander';
import { clientToken, TOKEN_VARIABLE } from '../config/client';
import { systemClock } from '../config/clock';
import { DocumentFault, readDocument, type ReadDocument } from '../expectations/document';
import { isInstant } from '../expectations/instant';
import { judge } from '../expectations/judge';
import { UnknownName, type Model } from '../expectations/model';
import { FAILED, Failure, MISUSED } from './failure';
import { liveModel } from './model/live-model';
import { openLocalModel, type OpenModel } from './model/local-model';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u;

interface TestOptions {
  readonly server?: string;
  readonly at?: string;
}

/** `palisade access`: what teams expect of their access, kept beside their code. */
export function accessCommand(): Command {
  const command = new Command('access').description('Ask about access from files.');
  command
    .command('test')
    .description(
      'Hold files of expectations against the facts that they state, or against a server. ' +
        'Exits with 0 if all hold, 1 if one does not, 2 if a file cannot be read.',
    )
    .argument('<files...>', 'YAML files; see docs/access-tests.md')
    .option('--server <url>', `the server to ask, with the API token in ${TOKEN_VARIABLE}`)
    .option(
      '--at <instant>',
      'with --server: as of this instant of the past, such as 2026-03-31T00:00:00Z',
    )
    .action(async (files: readonly string[], options: TestOptions) => {
      await testFiles(files, options);
    });
  return command;
}

async function testFiles(files: readonly string[], options: TestOptions): Promise<void> {
  const count = { passed: 0, failed: 0 };
  const read = files.map((file) => ({ file, ...readFile(file) }));
  for (const { file, ...document } of read) {
    console.log(file);
    const { model, close } = open(file, document, options);
    try {
      await testFile(document, model, count);
    } finally {
      close();
    }
  }
  console.log(`${count.passed} passed, ${count.failed} failed`);
  if (count.failed > 0) process.exitCode = FAILED;
}

async function testFile(
  { document, testLines }: ReadDocument,
  model: Model,
  count: { passed: number; failed: number },
): Promise<void> {
  for (const [at, test] of document.tests.entries()) {
    const { name, faults } = await judge(test, model);
    if (faults.length === 0) {
      count.passed += 1;
      console.log(`  ok    ${name}`);
      continue;
    }
    count.failed += 1;
    console.log(`  FAIL  ${name} (line ${testLines[at] ?? 1})`);
    for (const fault of faults) console.log(`          ${fault}`);
  }
}

function readFile(file: string): ReadDocument {
  const text = textOf(file);
  try {
    return readDocument(text);
  } catch (error) {
    if (!(error instanceof DocumentFault)) throw error;
    throw new Failure(`${file}, line ${error.line}: ${error.message}`, MISUSED);
  }
}

/** A file of expectations is shorter by far; what has no end must not fill the memory. */
const BYTES_MAX = 16_000_000;

function textOf(file: string): string {
  const bytes = Buffer.alloc(BYTES_MAX + 1);
  let length = 0;
  try {
    const opened = openSync(file, 'r');
    try {
      for (let read = -1; read !== 0 && length < bytes.length; length += read) {
        read = readSync(opened, bytes, length, bytes.length - length, null);
      }
    } finally {
      closeSync(opened);
    }
  } catch {
    throw new Failure(`${file} cannot be read.`, MISUSED);
  }
  if (length > BYTES_MAX) throw new Failure(`${file}: The file is too long.`, MISUSED);
  return bytes.toString('utf8', 0, length);
}

function open(file: string, { document }: ReadDocument, { server, at }: TestOptions): OpenModel {
  const stated = document.now === undefined ? null : Date.parse(document.now);
  if (server !== undefined) {
    return {
      model: liveModel(urlOf(server), tokenOf(), instantOf(at) ?? stated),
      close: () => undefined,
    };
  }
  if (at !== undefined) throw new Failure('--at goes with --server; a file states `now`.', MISUSED);
  const { organization } = document;
  if (organization === undefined) {
    throw new Failure(`${file} states no organization: name a --server to ask.`, MISUSED);
  }
  try {
    return openLocalModel(document, organization, stated ?? systemClock()());
  } catch (error) {
    if (!(error instanceof UnknownName)) throw error;
    throw new Failure(`${file}: ${error.message}`, MISUSED);
  }
}

/** Its token must not be readable on the wire: plain HTTP goes to this host only. */
function urlOf(server: string): string {
  const url = URL.canParse(server) ? new URL(server) : null;
  if (url?.protocol === 'https:') return url.origin;
  if (url?.protocol !== 'http:') {
    throw new Failure('--server must be a URL such as https://palisade.example.', MISUSED);
  }
  if (LOOPBACK.test(url.hostname)) return url.origin;
  throw new Failure(
    '--server must begin with https: the token could be read on the wire.',
    MISUSED,
  );
}

function tokenOf(): string {
  const token = clientToken();
  if (token === undefined) throw new Failure(`Set ${TOKEN_VARIABLE} to an API token.`, MISUSED);
  return token;
}

function instantOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (isInstant(text)) return Date.parse(text);
  throw new Failure('--at must be an instant such as 2026-03-31T00:00:00Z.', MISUSED);
}
