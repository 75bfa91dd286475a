import { ConfigError } from '../config/config';

/** Exit codes: it did not work; it was asked for wrongly. */
export const FAILED = 1;
export const MISUSED = 2;

/** Why a command ends early: what is printed, without a stack, and its exit code. */
export class Failure extends Error {
  override readonly name = 'Failure';

  constructor(
    message: string,
    readonly exitCode: typeof FAILED | typeof MISUSED = FAILED,
  ) {
    super(message);
  }
}

const MAKE_AGAIN = 'Run "palisade views rebuild": it makes the views again from the ledgers.';
const DAMAGED = 'Restore a backup, and keep this data folder for whoever finds out why.';

/** What helps against an error, by its name: those of the writer's thread lose their class. */
const ADVICE: Readonly<Record<string, string>> = {
  LedgerCorrupt: DAMAGED,
  ViewsAhead: MAKE_AGAIN,
  ViewsForked: MAKE_AGAIN,
};

/** Prints why a command ended and sets the exit code. Stacks are for logs, not for people. */
export function report(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const advice = error instanceof Error ? ADVICE[error.name] : undefined;
  const lines = advice === undefined ? message.split('\n') : [message, advice];
  for (const line of lines) console.error(`palisade: ${line}`);
  if (error instanceof ConfigError) process.exitCode = MISUSED;
  else process.exitCode = error instanceof Failure ? error.exitCode : FAILED;
}
