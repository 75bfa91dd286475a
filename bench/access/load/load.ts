import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { LOAD_CORE, pinned } from '../cores';
import { median } from '../measure';
import type { ServerProcess } from '../servers/server-process';
import type { LoadReply, LoadRequest, Target } from './messages';

const ROUNDS = 5;
const ROUND_MS = 2000;
const WARM_UP_MS = 3000;
const TYPESCRIPT = resolve(__dirname, '../../../test/support/run-typescript.cjs');

/** One server under load, and what it is asked. */
export interface Loaded {
  readonly server: ServerProcess;
  readonly target: Target;
}

/** The medians of all rounds. */
export interface ServerRate {
  readonly perSecond: number;
  /** Processor time of the server, microseconds a request. */
  readonly cpuUs: number;
}

/** Sends requests from another process. */
export interface Loader {
  /** The body of every answer, in the order of the target's bodies. */
  readonly askAll: (target: Target) => Promise<readonly string[]>;
  /** Loads servers in turns; what else the machine does meets all of them. */
  readonly measure: (servers: readonly Loaded[]) => Promise<readonly ServerRate[]>;
  readonly stop: () => void;
}

export function startLoader(): Loader {
  const program = resolve(__dirname, 'load-child.ts');
  const command = [process.execPath, '--require', TYPESCRIPT, program];
  const [taskset, ...args] = pinned(LOAD_CORE, command);
  const child = spawn(taskset, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit').then(() => {
    throw new Error('the process that loads servers ended');
  });
  const call = async (request: LoadRequest): Promise<LoadReply> => {
    const replied = once(child, 'message');
    child.send(request);
    const [reply] = (await Promise.race([replied, ended])) as [LoadReply];
    return reply;
  };
  const round = async ({ server }: Loaded, target: number, ms: number): Promise<ServerRate> => {
    const before = server.cpuSeconds();
    const reply = await call({ kind: 'LOAD', target, ms });
    if (reply.kind !== 'LOADED') throw new Error('another reply was to come');
    const { requests, seconds } = reply;
    const cpuUs = ((server.cpuSeconds() - before) / requests) * 1e6;
    return { perSecond: requests / seconds, cpuUs };
  };
  return {
    askAll: async (target) => {
      const reply = await call({ kind: 'ASK_ALL', target });
      return reply.kind === 'ANSWERS' ? reply.answers : [];
    },
    measure: async (servers) => {
      await call({ kind: 'AIM', targets: servers.map(({ target }) => target) });
      for (const [index, server] of servers.entries()) await round(server, index, WARM_UP_MS);
      const rounds = servers.map((): ServerRate[] => []);
      for (let count = 0; count < ROUNDS; count += 1) {
        for (const [index, server] of servers.entries()) {
          rounds[index]?.push(await round(server, index, ROUND_MS));
        }
      }
      return rounds.map((rates) => ({
        perSecond: median(rates.map(({ perSecond }) => perSecond)),
        cpuUs: median(rates.map(({ cpuUs }) => cpuUs)),
      }));
    },
    stop: () => {
      ended.catch(() => undefined);
      child.disconnect();
    },
  };
}
