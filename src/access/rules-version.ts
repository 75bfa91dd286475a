import type { Action } from './actions';
import type { Facts } from './facts';
import { WALKS_VERSION_1, type Walks } from './lists/version-1';
import type { Row } from './rule';
import { RULES_VERSION_1 } from './rules/version-1';

/** The version of the rules that new organizations begin with. */
export const RULES_VERSION = 1;

/** The rules of one version: what allows whom, and how all that it allows is found. */
interface Rules {
  readonly rows: Readonly<Record<Action, Row>>;
  readonly walks: Readonly<Record<Action, Walks>>;
}

/** Old versions stay: a moment is answered by the rules then in force. */
const RULES: ReadonlyMap<number, Rules> = new Map([
  [RULES_VERSION, { rows: RULES_VERSION_1, walks: WALKS_VERSION_1 }],
]);

/** The rules in force at the moment. Throws a RangeError for a version that this program lacks. */
export function rulesOf(facts: Facts): Rules {
  const rules = RULES.get(facts.rulesVersion);
  if (rules === undefined) {
    throw new RangeError(`no access rules of version ${String(facts.rulesVersion)}`);
  }
  return rules;
}
