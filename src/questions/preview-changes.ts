import { HANDLERS } from '../commands/handlers';
import type { CommandName } from '../commands/inputs';
import { admit, judge, type JudgeParts } from '../commands/judge';
import type { Caller, Fault, Refused } from '../commands/protocol';
import type { Effect } from '../commands/handler';
import type { NewId } from '../domain/id';
import type { Overlay } from '../views/overlay/overlay';
import type { Queries } from '../views/queries';

/** A mutation as it would be sent, without idempotency key. */
export interface PlannedChange {
  readonly mutation: CommandName;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Why one of the changes would not be carried out: as the mutation would say it. */
export interface RefusedChange {
  /** Which of the changes, counted from 1. */
  readonly change: number;
  readonly outcome: Refused | Fault;
}

/** So many events may follow from the changes of one preview. */
const EVENTS_MAX = 100_000;

/** Thrown when more follows from the changes than a preview can hold. */
export class TooMuchFollows extends Error {
  override readonly name = 'TooMuchFollows';
}

/**
 * Has the changes happen on the overlay one after the other, each identified, authorized and decided
 * as the writer would on what those before it leave. One that is refused does nothing, and says why.
 * Neither secrets nor sessions are made. Throws TooMuchFollows.
 */
export function planChanges(
  overlay: Overlay,
  names: Pick<Queries, 'installationName' | 'hasLeaked'>,
  caller: Caller,
  changes: readonly PlannedChange[],
): readonly RefusedChange[] {
  const refused: RefusedChange[] = [];
  const claims: Extract<Effect, { kind: 'CLAIM_NAME' }>[] = [];
  const leaked = new Set<string>();
  const claimed = {
    names: {
      owner: (scope: 'ORGANIZATION_SLUG' | 'AGENT_KEY', name: string) =>
        claims.find((claim) => claim.scope === scope && claim.name === name)?.owner ??
        names.installationName(scope, name),
    },
    assertions: { has: () => false },
    leakedKeys: {
      has: (_organizationId: string, keyId: string) =>
        leaked.has(keyId) || names.hasLeaked(overlay.organizationId, keyId),
    },
  };
  let events = 0;
  for (const [at, { mutation, input }] of changes.entries()) {
    const wish = { caller, mutation, input };
    const admitted = admit(wish, overlay);
    const judged =
      'kind' in admitted ? admitted : judge(wish, admitted, overlay, claimed, partsOf(at + 1));
    if (judged.kind !== 'PLANNED' || 'kind' in admitted) {
      if (judged.kind !== 'PLANNED') refused.push({ change: at + 1, outcome: judged });
      // All that a refused mutation leaves behind.
      const keyId = judged.kind === 'REFUSED' ? judged.refusal.leakedKeyId : undefined;
      if (keyId !== undefined) leaked.add(keyId);
      continue;
    }
    const { plan } = judged;
    events += plan.events.length;
    if (events > EVENTS_MAX) throw new TooMuchFollows('too much follows from the changes');
    overlay.apply(plan.events, admitted.actor);
    for (const effect of plan.effects ?? []) if (effect.kind === 'CLAIM_NAME') claims.push(effect);
  }
  return refused;
}

/**
 * What the n-th change makes has the number n for an id, after the prefix of its kind: no id that
 * is really given begins with the year 1970. So later changes can name it.
 */
function partsOf(change: number): JudgeParts {
  return {
    handlers: HANDLERS,
    newId: plannedId(change),
    newSecret: () => {
      throw new RangeError('a preview makes no secret');
    },
  };
}

/** The ids of what the change makes, counted from 1. No mutation makes two of one prefix. */
function plannedId(change: number): NewId {
  return (prefix) => `${prefix}_${String(change).padStart(26, '0')}`;
}

const PLANNED_ID = /^[a-z]{3}_0{10}(\d{16})$/u;

/** Which change makes what has this id, counted from 1; null for what exists or existed. */
export function madeByChange(id: string): number | null {
  const digits = PLANNED_ID.exec(id)?.[1];
  return digits === undefined ? null : Number(digits);
}
