import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pinned, SERVER_CORE } from '../cores';

const ROOT = resolve(__dirname, '../../..');
const TYPESCRIPT = resolve(ROOT, 'test/support/run-typescript.cjs');
/** Of /proc: what Linux counts processor time in, whatever the kernel's own clock. */
const TICKS_PER_SECOND = 100;

/** A server in a process of its own, on a core of its own. */
export interface ServerProcess {
  readonly port: number;
  /** Seconds of processor time so far, of all its threads. */
  readonly cpuSeconds: () => number;
}

/** The servers of one case. */
export class Servers {
  readonly #stops: (() => Promise<void>)[] = [];

  /** Starts a program of this folder. It gets its options as JSON and prints its address. */
  yardstick(program: string, options: object): Promise<ServerProcess> {
    const path = resolve(__dirname, `${program}.ts`);
    return this.#start(['--require', TYPESCRIPT, path, JSON.stringify(options)]);
  }

  /** Starts Palisade as its users do. Each line of its log is made and written, to nowhere. */
  palisade(folder: string, cores: string = SERVER_CORE): Promise<ServerProcess> {
    const ports = ['--port', '0', '--metrics-port', '0'];
    const command = [resolve(ROOT, 'dist/main.js'), 'serve', '--data-folder', folder, ...ports];
    return this.#start(command, cores);
  }

  /** Stops all of them. */
  async stop(): Promise<void> {
    await Promise.all(this.#stops.map((stop) => stop()));
  }

  async #start(args: readonly string[], cores: string = SERVER_CORE): Promise<ServerProcess> {
    const [command, ...rest] = pinned(cores, [process.execPath, ...args]);
    const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'ignore'] });
    const ended = once(child, 'exit');
    this.#stops.push(async () => {
      child.kill('SIGTERM');
      await ended;
    });
    const { pid } = child;
    if (pid === undefined) throw new Error('the server has no process');
    const port = await Promise.race([portOf(child), ended.then(failed)]);
    return { port, cpuSeconds: () => cpuSeconds(pid) };
  }
}

function failed(): never {
  throw new Error('a server ended before it was ready');
}

async function portOf({ stdout }: ChildProcess): Promise<number> {
  let text = '';
  for await (const chunk of stdout ?? []) {
    text += String(chunk);
    const port = /http:\/\/127\.0\.0\.1:(\d+)/u.exec(text)?.[1];
    if (port !== undefined) return Number(port);
  }
  return failed();
}

function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold spaces; times are the 12th and 13th field after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
