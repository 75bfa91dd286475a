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

/** Prints why a command ended and sets the exit code. Stacks are for logs, not for people. */
export function report(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  for (const line of message.split('\n')) console.error(`palisade: ${line}`);
  if (error instanceof ConfigError) process.exitCode = MISUSED;
  else process.exitCode = error instanceof Failure ? error.exitCode : FAILED;
}
