import type { CommandName } from '../../../src/commands/inputs';
import type { Caller, Command } from '../../../src/commands/protocol';
import type { Known } from './known';
import { Draw } from './draw';
import { NothingToDraw, WISHES } from './wishes';

export type WishName = keyof typeof WISHES;

/** All that tells one random command from another, given what exists. */
export interface Step {
  readonly wish: WishName;
  readonly seed: number;
}

/** Every mutation; those that give others something to act on come often. */
export const WISH_NAMES: readonly WishName[] = [
  ...(Object.keys(WISHES) as WishName[]),
  ...(['teamMemberAdd', 'teamMemberAdd', 'clusterMaintainerAdd', 'clusterGrant'] as const),
  ...(['clusterGrant', 'clusterQueueCreate', 'pipelineCreate', 'pipelineCreate'] as const),
  ...(['pipelineGrant', 'pipelineGrant', 'queuePipelineGrant', 'queuePipelineGrant'] as const),
  ...(['agentKeyRegister', 'agentRegister', 'agentRegister', 'apiTokenCreate'] as const),
];

/** Steps that make something of every kind, as far as they are allowed. */
export const PRELUDE: readonly Step[] = (
  [
    ...['organizationMemberAdd', 'organizationMemberAdd', 'organizationMemberAdd'],
    ...['apiTokenCreate', 'apiTokenCreate', 'apiTokenCreate', 'teamCreate', 'teamCreate'],
    ...['clusterCreate', 'clusterCreate', 'clusterQueueCreate', 'clusterQueueCreate'],
    ...['clusterQueueCreate', 'pipelineCreate', 'pipelineCreate', 'pipelineCreate'],
    ...['teamMemberAdd', 'teamMemberAdd', 'clusterGrant', 'clusterGrant', 'clusterMaintainerAdd'],
    ...['pipelineGrant', 'queuePipelineGrant', 'agentKeyRegister', 'agentRegister'],
  ] as readonly CommandName[]
).map((wish, seed) => ({ wish: wish as WishName, seed }));

/**
 * The command of a step, sent by whoever is drawn: half the time the first ADMIN, who is allowed
 * most. Undefined when there is nothing yet that it could be about.
 */
export function randomCommand(
  { wish, seed }: Step,
  known: Known,
  now: number,
  correlationId: string,
): Command | undefined {
  const draw = new Draw(seed);
  try {
    const caller = callerOf(wish, known, draw);
    const input: object = WISHES[wish]({ known, draw, now, caller });
    return {
      mutation: wish,
      caller,
      input: input as Command['input'],
      idempotencyKey: draw.once(10) ? `key-${draw.below(20)}` : null,
      correlationId,
    };
  } catch (error) {
    if (error instanceof NothingToDraw) return undefined;
    throw error;
  }
}

function callerOf(wish: WishName, known: Known, draw: Draw): Caller {
  const { organizationId } = known;
  if (wish === 'agentRegister') {
    const keyId = known.one('agentKey', draw);
    if (keyId === undefined) throw new NothingToDraw('agentKey');
    return { kind: 'AGENT_KEY', organizationId, keyId: keyId as `key_${string}` };
  }
  if (wish === 'agentDisconnect') return oneOf(known.agents, draw);
  // Members get their first token from whoever holds the host.
  if (wish === 'apiTokenCreate' && !draw.once(3)) return { kind: 'HOST', organizationId };
  return oneOf(draw.once(2) ? known.members : known.members.slice(0, 1), draw);
}

function oneOf<T>(callers: readonly T[], draw: Draw): T {
  if (callers.length === 0) throw new NothingToDraw('a caller');
  return draw.of(callers);
}
