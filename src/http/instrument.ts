import type { ApolloServerPlugin } from '@apollo/server';
import type { Command, Commands, Outcome } from '../commands/protocol';
import type { RequestContext } from '../graphql/context';
import { isErrorCode } from '../graphql/errors';
import { surveyOf } from '../graphql/limits/survey';
import type { Metrics } from './metrics';

/** A clock that only runs forward, for durations; milliseconds since whenever. */
export type Stopwatch = () => number;

/** Measures every GraphQL operation by its first root field, and counts errors by code. */
export function operationMetrics(
  metrics: Metrics,
  stopwatch: Stopwatch,
): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () => {
      const startedMs = stopwatch();
      return Promise.resolve({
        willSendResponse: ({ operation, document, response: { body } }) => {
          const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
          for (const { extensions } of errors) {
            const code = extensions?.['code'];
            metrics.error(isErrorCode(code) ? code : 'INTERNAL');
          }
          if (operation !== undefined && document !== undefined) {
            const [field = 'none'] = surveyOf(document).get(operation) ?? [];
            const outcome = errors.length === 0 ? 'ok' : 'error';
            const seconds = (stopwatch() - startedMs) / 1000;
            metrics.operation(operation.operation, field, outcome, seconds);
          }
          return Promise.resolve();
        },
      });
    },
  };
}

/** The way to the writer, measured. */
export function measuredCommands(
  commands: Commands,
  metrics: Metrics,
  stopwatch: Stopwatch,
): Commands {
  return {
    submit: async (command: Command): Promise<Outcome> => {
      const startedMs = stopwatch();
      const outcome = await commands.submit(command);
      const seconds = (stopwatch() - startedMs) / 1000;
      metrics.command(command.mutation, outcomeName(outcome), seconds);
      return outcome;
    },
  };
}

function outcomeName(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'DONE':
      return outcome.repeated ? 'REPEATED' : 'DONE';
    case 'REFUSED':
      return outcome.refusal.code;
    case 'FAULT':
      return outcome.code;
  }
}
