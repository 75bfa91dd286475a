import { availableParallelism } from 'node:os';

/** Servers run on one core, what loads them on another, if there are two. */
export const SERVER_CORE = 0;
export const LOAD_CORE = Math.min(1, availableParallelism() - 1);

/** The command line that runs a program on one core only (Linux). */
export function pinned(core: number, command: readonly string[]): [string, ...string[]] {
  return ['taskset', '--cpu-list', String(core), ...command];
}
