import type { Outcome } from '../../../src/commands/protocol';
import type { TestCommand, TestEngine } from '../engine';
import type { Known } from './known';
import { randomCommand, type Step } from './random-command';

/** What one step came to; undefined if there was nothing that it could be about. */
export interface Played {
  readonly step: Step;
  readonly outcome: Outcome;
}

/** What the writer says when it meets `broken`. */
export const BROKEN_MESSAGE = 'a batch was rolled back: no handler of agentHeartbeat';

/** A command that no handler can run: it ends its batch, and the others are run alone. */
const broken = ({ organizationId }: Known): TestCommand => ({
  mutation: 'agentHeartbeat',
  caller: { kind: 'HOST', organizationId },
  input: {},
});

/**
 * Runs the steps as one batch, and learns what it made. With `breaks`, one more command breaks the
 * batch at its end, once everything else of it was written.
 */
export async function runSteps(
  engine: TestEngine,
  known: Known,
  steps: readonly Step[],
  breaks = false,
): Promise<readonly Played[]> {
  const drawn = steps.flatMap((step, index) => {
    const command = randomCommand(step, known, engine.instant, `step-${index}`);
    return command === undefined ? [] : [{ step, command }];
  });
  const outcomes = await engine.runTogether([
    ...drawn.map(({ command }) => command),
    ...(breaks ? [broken(known)] : []),
  ]);
  return drawn.map(({ step, command }, index) => {
    const outcome = outcomes[index];
    if (outcome === undefined) throw new Error('a command was not answered');
    if (outcome.kind === 'DONE') known.learn(command, outcome);
    if (outcome.kind === 'FAULT' && outcome.code === 'UNAUTHENTICATED') {
      known.forget(command.caller);
    }
    return { step, outcome };
  });
}
