import { Causes } from '../access/difference/causes';
import { difference, withAgentsOf } from '../access/difference/difference';
import type { Moment } from '../access/facts';
import { differencePage, type DifferencePage, type PageAsk } from './difference-page';
import { rememberedFacts } from '../access/remembered-facts';
import { DIFFERENCES } from './remembered-differences';
import { QuestionFault, type AskedBy, type Sources } from './questions';
import { standpointOf } from './standpoint-of';

/** The moments were resolved before; the first is not the later one. */
export interface ChangesTold extends PageAsk {
  readonly from: Moment;
  readonly to: Moment;
}

/** So many events may lie between the moments: each is looked at once more. */
const EVENTS_MAX = 100_000;

/**
 * Who gained and lost what between two moments, and which events and expiries made it. What came and
 * went in between is left out. Throws QuestionFault: QUERY_TOO_COMPLEX where too much lies between,
 * BAD_USER_INPUT where other rules were adopted: then not only facts made the difference.
 */
export function accessChanges(
  sources: Sources,
  by: AskedBy,
  { from, to, ...page }: ChangesTold,
): DifferencePage {
  if (to.position - from.position > EVENTS_MAX) {
    const most = EVENTS_MAX.toLocaleString('en');
    throw new QuestionFault(
      'QUERY_TOO_COMPLEX',
      `More than ${most} events lie between: compare moments that are nearer to each other.`,
    );
  }
  const standpoint = standpointOf(sources, by, to);
  const before = rememberedFacts(sources.queries.facts(by.organizationId, from));
  // As in the difference: that agents come and go changes nobody's access.
  const after = withAgentsOf(standpoint.facts, before);
  if (before.rulesVersion !== after.rulesVersion) throw otherRules();
  const changes = sources.queries.factChanges(by.organizationId, from, to);
  const whole = DIFFERENCES.once(sources.queries, by, { from, to }, () =>
    difference(
      before,
      after,
      changes.map(({ fact }) => fact),
    ),
  );
  const sides = { before, after, standpoint, supposed: null, causes: new Causes(changes) };
  return differencePage(sides, whole, page);
}

function otherRules(): QuestionFault {
  const message = 'Other rules were adopted in between: compare up to then, and from then on.';
  return new QuestionFault('BAD_USER_INPUT', message, 'from');
}
