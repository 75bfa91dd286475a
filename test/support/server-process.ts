import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The compiled command line: `npm run build` makes it. */
const MAIN = resolve(__dirname, '..', '..', 'dist', 'main.js');
const READY_TIMEOUT_MS = 30_000;

export interface ServerOptions {
  /** The data folder. Left out: a new one, removed by `stop`. */
  readonly folder?: string;
  /** Settings as environment variables, such as PALISADE_DEVELOPMENT; nothing else is inherited. */
  readonly env?: Readonly<Record<string, string>>;
  /** More arguments of `serve`. */
  readonly args?: readonly string[];
  /** Who is known from an earlier start on these files; left out, the server must tell it. */
  readonly identity?: Identity;
}

interface Identity {
  readonly adminToken: string;
  readonly organizationId: string;
  readonly adminId: string;
}

/** How a process ended: one of the two is null. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A server process that is ready. It listens on a free port of the loopback interface. */
export interface ServerProcess extends Identity {
  readonly url: string;
  readonly graphqlUrl: string;
  readonly metricsUrl: string;
  readonly folder: string;
  readonly pid: number;
  /** All of it so far: what is for people, and the JSON lines of the log. */
  readonly stdout: () => string;
  readonly log: () => string;
  /** Resolves when the process ends, however that comes. */
  readonly ended: Promise<Ending>;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** SIGTERM, waits for the end, and removes a folder that it made. */
  readonly stop: () => Promise<Ending>;
  /** SIGKILL, waits for the end; the folder stays, for `restart`. */
  readonly kill9: () => Promise<Ending>;
  /** Starts again on the same folder with the same options; after `kill9` or `signal`. */
  readonly restart: (
    options?: Omit<ServerOptions, 'folder' | 'identity'>,
  ) => Promise<ServerProcess>;
}

/** Starts `palisade serve` and waits until it is ready. Rejects with its output if it ends before. */
export async function startServer(options: ServerOptions = {}): Promise<ServerProcess> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'palisade-'));
  try {
    return await launch(folder, options, options.identity);
  } catch (error) {
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function launch(
  folder: string,
  options: ServerOptions,
  known: Identity | undefined,
): Promise<ServerProcess> {
  const { env = {}, args = [] } = options;
  const child = spawn(
    process.execPath,
    [MAIN, 'serve', '--data-folder', folder, '--port', '0', '--metrics-port', '0', ...args],
    { env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const output = collect(child);
  const ended = ending(child);
  const ready = await waitUntilReady(child, output, ended);
  const { adminToken, organizationId, adminId } = known ?? readIdentity(output.stdout(), folder);
  const identity = { adminToken, organizationId, adminId };
  const pid = child.pid;
  if (pid === undefined) throw new Error('the process has no id');

  const end = async (signal: NodeJS.Signals): Promise<Ending> => {
    child.kill(signal);
    return ended;
  };
  return {
    ...ready,
    graphqlUrl: `${ready.url}/graphql`,
    ...identity,
    folder,
    pid,
    stdout: output.stdout,
    log: output.stderr,
    ended,
    signal: (signal) => child.kill(signal),
    stop: async () => {
      const how = await end('SIGTERM');
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
      return how;
    },
    kill9: () => end('SIGKILL'),
    restart: (more = {}) => launch(folder, { ...options, ...more }, identity),
  };
}

export interface CommandResult extends Ending {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of the command line to its end, such as `['views', 'check', '--data-folder', f]`. */
export async function runCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collect(child);
  const how = await ending(child);
  return { ...how, stdout: output.stdout(), stderr: output.stderr() };
}

/** What a GraphQL request came back with. */
export interface GraphqlAnswer {
  readonly status: number;
  readonly headers: Headers;
  // Answers are judged by the assertions on them.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly errors:
    | readonly { readonly message: string; readonly extensions: Record<string, unknown> }[]
    | undefined;
}

/** Sends one GraphQL operation over HTTP; `url` is the server's, `token` null for anonymous. */
export async function gql(
  url: string,
  token: string | null,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<GraphqlAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as Pick<GraphqlAnswer, 'data' | 'errors'>;
  return {
    status: response.status,
    headers: response.headers,
    data: body.data,
    errors: body.errors,
  };
}

interface Output {
  readonly stdout: () => string;
  readonly stderr: () => string;
}

function collect(child: ChildProcess): Output {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return { stdout: () => stdout, stderr: () => stderr };
}

// 'close' comes once the output was read to its end, 'exit' perhaps before.
async function ending(child: ChildProcess): Promise<Ending> {
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal };
}

/** The tests' own settings and nothing of the developer's: only what starts a process is passed on. */
function environment(env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR, ...env };
}

async function waitUntilReady(
  child: ChildProcess,
  output: Output,
  ended: Promise<Ending>,
): Promise<{ readonly url: string; readonly metricsUrl: string }> {
  const find = () => readyLine(output.stderr());
  const ready = new Promise<void>((done) => {
    const look = (): void => {
      if (find() !== undefined) done();
    };
    child.stderr?.on('data', look);
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((done) => (timer = setTimeout(done, READY_TIMEOUT_MS)));
  await Promise.race([ready, ended, late]);
  clearTimeout(timer);
  const line = find();
  if (line === undefined) {
    child.kill('SIGKILL');
    throw new Error(`the server did not get ready:\n${output.stdout()}\n${output.stderr()}`);
  }
  return line;
}

function readyLine(log: string): { url: string; metricsUrl: string } | undefined {
  for (const line of log.split('\n')) {
    if (!line.includes('"msg":"ready"')) continue;
    return JSON.parse(line) as { url: string; metricsUrl: string };
  }
  return undefined;
}

// The output is no terminal, so the token is in a file.
function readIdentity(stdout: string, folder: string): Identity {
  const token = readFileSync(join(folder, 'first-admin-token'), 'utf8');
  return {
    adminToken: match(token, /\bplsd_[0-9A-Za-z]{49}\b/u),
    organizationId: match(stdout, /\borg_[0-9a-z]{26}\b/u),
    adminId: match(stdout, /\busr_[0-9a-z]{26}\b/u),
  };
}

function match(text: string, pattern: RegExp): string {
  const found = pattern.exec(text)?.[0];
  if (found === undefined) throw new Error(`no ${pattern.source} in:\n${text}`);
  return found;
}
