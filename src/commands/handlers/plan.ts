import type { Decided } from '../../domain/decided';
import type { DomainEvent } from '../../domain/event';
import { isRefusal, type Refusal } from '../../domain/refusal';
import type { Effect, Plan } from '../handler';

/** The plan that follows from a decision, or its refusal. */
export function planOf(
  decided: Decided,
  ids: Plan['ids'],
  effects: readonly Effect[] = [],
): Plan | Refusal {
  return isRefusal(decided) ? decided : { events: decided, ids, effects };
}

/** Events that go before what was decided, unless it was refused. */
export function after(before: readonly DomainEvent[], decided: Decided): Decided {
  return isRefusal(decided) ? decided : [...before, ...decided];
}
