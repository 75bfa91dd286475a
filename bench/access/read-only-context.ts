import type { RequestContext } from '../../src/graphql/context';
import { RowBudget } from '../../src/graphql/paging/row-budget';

/** What a bench says itself of the request that it answers. */
type Told = 'principal' | 'sourceAddress' | 'queries' | 'questions' | 'clock' | 'cursors';

/** The context of a request to a program that only reads. */
export function readOnlyContext(told: Pick<RequestContext, Told>): RequestContext {
  return {
    ...told,
    requestId: 'bench',
    commands: { submit: () => Promise.reject(new Error('read only')) },
    agents: { seen: () => undefined },
    registrations: {
      begin: () => Promise.resolve({ granted: true }),
      succeeded: () => Promise.resolve(),
      failed: () => Promise.resolve(),
    },
    rows: new RowBudget(),
    audience: '',
  };
}
