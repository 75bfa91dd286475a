import { availableParallelism } from 'node:os';

const LAST = availableParallelism() - 1;

/** Servers run on one core, what loads them on another, if there are two. */
export const SERVER_CORE = '0';
export const LOAD_CORE = String(Math.min(1, LAST));
/** For what is about several threads of one server. */
export const ALL_CORES = `0-${String(LAST)}`;

/** The command line that runs a program on some cores only (Linux). */
export function pinned(cores: string, command: readonly string[]): [string, ...string[]] {
  return ['taskset', '--cpu-list', cores, ...command];
}
