import type { Moment } from '../../access/facts';
import type { Reason } from '../../access/question';
import { REACH_NOTICE } from '../../graphql/access/types';
import { citeReasons, type CitedFact, type CitedReason } from '../../questions/reasons';
import type { Asker } from './asker';
import type { Evaluated } from './evaluation';
import type { AuthzenFault } from './faults';

// Members that are undefined are left out of the JSON: AuthZEN knows no null.

/** A decision in AuthZEN's shape. */
export interface DecisionAnswer {
  readonly decision: boolean;
  readonly context: object;
}

/** What of a call a question came to: a decision, or a fault of its own. */
export type Result = Evaluated | AuthzenFault;

/** The answers to the questions of one call, in their order. Events are read once for all of them. */
export function toAnswers(asker: Asker, results: readonly Result[]): readonly DecisionAnswer[] {
  const lists = results.map((result) => ('decision' in result ? wanted(result) : []));
  const cited = citeReasons(asker.queries, asker.present, lists);
  const moments = new Map<Moment, object>();
  const momentOf = ({ facts: { moment } }: Evaluated): object => {
    const told = moments.get(moment) ?? toMoment(moment);
    moments.set(moment, told);
    return told;
  };
  return results.map((result, at) =>
    'decision' in result ? decided(result, momentOf(result), cited[at] ?? []) : failed(result),
  );
}

/** The answer to the one question of a call. */
export function toAnswer(asker: Asker, result: Evaluated): DecisionAnswer {
  const [cited = []] = citeReasons(asker.queries, asker.present, [wanted(result)]);
  return decided(result, toMoment(result.facts.moment), cited);
}

/** The moment as answers tell it. */
export function toMoment({ position, instant }: Moment): object {
  return { position, instant: new Date(instant).toISOString() };
}

/** What every answer about reach must say; undefined for any other action. */
export function noticeOn(action: string): string | undefined {
  return action.endsWith(':reach') ? REACH_NOTICE : undefined;
}

function wanted({ decision, circumstances }: Evaluated): readonly Reason[] {
  return circumstances.reasons ? decision.reasons : [];
}

function decided(
  { decision, action, facts, circumstances }: Evaluated,
  moment: object,
  reasons: readonly CitedReason[],
): DecisionAnswer {
  const { allowed, code, message } = decision;
  return {
    decision: allowed,
    context: {
      code,
      message,
      moment,
      rulesVersion: facts.rulesVersion,
      reasons: circumstances.reasons ? reasons.map(toReason) : undefined,
      notice: noticeOn(action),
      error: code === 'NOT_FOUND' ? { status: 404, message } : undefined,
    },
  };
}

function failed({ status, message }: AuthzenFault): DecisionAnswer {
  return { decision: false, context: { error: { status, message } } };
}

function toReason({ rule, facts, hiddenFactCount }: CitedReason): object {
  return { rule, facts: facts.map(toFact), hiddenFactCount };
}

/** Facts with their events as answers tell them, for as long as the views keep them at hand. */
const TOLD = new WeakMap<CitedFact['fact'], object>();

function toFact(cited: CitedFact): object {
  const known = TOLD.get(cited.fact);
  if (known !== undefined) return known;
  const told = tell(cited);
  if (cited.event !== null) TOLD.set(cited.fact, told);
  return told;
}

function tell({ fact, event }: CitedFact): object {
  const { relation, subject, object, level, detail, expiresAt } = fact;
  return {
    relation,
    subjectId: subject,
    objectId: object,
    level: level ?? undefined,
    branches: detail?.branches,
    expiresAt: expiresAt === null ? undefined : new Date(expiresAt).toISOString(),
    event:
      event === null
        ? undefined
        : {
            position: event.position,
            type: event.type,
            actor: { kind: event.actor.kind, id: event.actor.id },
            recordedAt: new Date(event.recordedAt).toISOString(),
          },
  };
}
