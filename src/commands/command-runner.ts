import { hash } from 'node:crypto';
import type { MutationName } from '../access/operations';
import { endAgent } from '../domain/agent/decide';
import { EVENT_TYPES } from '../domain/catalogue';
import type { DomainEvent } from '../domain/event';
import type { NewId, OrganizationId } from '../domain/id';
import { isRefusal, refuse, type Refusal } from '../domain/refusal';
import { canonicalJson } from '../ledger/canonical';
import type { AgentSession } from '../ledger/shared-state';
import type { LedgerKind } from '../ledger/types';
import { authorize, checkScopes } from './authorize';
import { identify, type CallerActor } from './caller';
import { applyEffects, checkEffects } from './effects';
import type { DecideContext, Handler, Plan } from './handler';
import type { Caller, Command, Done, Fault, Outcome } from './protocol';
import { RefusalCounts } from './refusal-counts';
import { nowhere } from './nowhere';
import type { Storage } from './storage';

const UNAUTHENTICATED: Fault = {
  kind: 'FAULT',
  code: 'UNAUTHENTICATED',
  message: 'The credentials are not valid, or not any more.',
};

export type Handlers = Readonly<Partial<Record<MutationName, Handler<never>>>>;

/** What running a command needs besides the storage: all randomness comes in here. */
export interface RunnerParts {
  readonly handlers: Handlers;
  readonly newId: NewId;
  readonly newSecret: DecideContext['newSecret'];
}

/**
 * Runs one command within the writer's transaction: who asks, may they, what follows; then append
 * and project. Nothing is written before everything has said yes, so a refusal leaves no trace.
 */
export class CommandRunner {
  readonly refusals = new RefusalCounts();
  readonly #storage: Storage;
  readonly #parts: RunnerParts;

  constructor(storage: Storage, parts: RunnerParts) {
    this.#storage = storage;
    this.#parts = parts;
  }

  /** Throws only for a fault of the storage or of this program. */
  run(command: Command, now: number): Outcome {
    const outcome = this.#run(command, now);
    if (outcome.kind !== 'DONE') this.#count(command, outcome, now);
    return outcome;
  }

  #run(command: Command, now: number): Outcome {
    const { caller, mutation, input } = command;
    const organizationId = 'organizationId' in caller ? caller.organizationId : undefined;
    const world = organizationId && this.#storage.world(organizationId, now);
    const identified = identify(caller, world);
    if (identified === undefined) return UNAUTHENTICATED;
    const { principal, actor } = identified;
    const outside = checkScopes(principal, mutation);
    if (outside !== undefined) return outside;

    const repeated = this.#firstResult(command);
    if (repeated !== undefined) return repeated;

    const handler = this.#parts.handlers[mutation] as Handler<unknown> | undefined;
    if (handler === undefined) throw new RangeError(`no handler of ${mutation}`);
    const view = world ?? nowhere(now);
    const asks = handler.asks(input, view, caller);
    if (isRefusal(asks)) return refused(asks);
    const denied = authorize(view, principal, asks);
    if (denied !== undefined) return 'refused' in denied ? refused(denied) : denied;
    const plan = handler.decide(input, view, {
      caller,
      newId: this.#parts.newId,
      newSecret: this.#parts.newSecret,
    });
    if (isRefusal(plan)) return refused(plan);
    const hindrance = checkEffects(this.#storage.shared, plan.effects ?? []);
    if (hindrance !== undefined) return 'refused' in hindrance ? refused(hindrance) : hindrance;
    return this.#carryOut(command, plan, actor, now);
  }

  #carryOut(command: Command, plan: Plan, actor: CallerActor, now: number): Done {
    const organizationId = plan.creates ?? organizationOf(command.caller);
    if (plan.creates !== undefined) {
      this.#storage.createOrganization(plan.creates, {
        accessLedgerId: this.#parts.newId('led'),
        activityLedgerId: this.#parts.newId('led'),
      });
    }
    const context = { actor, correlationId: command.correlationId, recordedAt: now };
    for (const [kind, events] of byLedger(plan.events)) {
      this.#storage.append(organizationId, kind, events, context);
    }
    applyEffects(this.#storage.shared, organizationId, plan.effects ?? []);
    const position = this.#storage.position(organizationId);
    const done: Done = {
      kind: 'DONE',
      position,
      ids: plan.ids,
      secret: plan.secret ?? null,
      repeated: false,
    };
    this.#keep(command, done, now);
    return done;
  }

  #firstResult(command: Command): Outcome | undefined {
    if (command.idempotencyKey === null) return undefined;
    const first = this.#storage.shared.idempotency.find(
      this.#scope(command, command.idempotencyKey),
    );
    if (first === undefined) return undefined;
    if (!inputHash(command).equals(first.inputHash)) {
      return refused(
        refuse(
          'IDEMPOTENCY_KEY_REUSED',
          'idempotencyKey',
          'This idempotency key came with another input before.',
        ),
      );
    }
    const { position, ids } = JSON.parse(first.result) as Pick<Done, 'position' | 'ids'>;
    return { kind: 'DONE', position, ids, secret: null, repeated: true };
  }

  #keep(command: Command, { position, ids }: Done, now: number): void {
    if (command.idempotencyKey === null) return;
    this.#storage.shared.idempotency.keep(
      this.#scope(command, command.idempotencyKey),
      { inputHash: inputHash(command), result: JSON.stringify({ position, ids }) },
      now,
    );
  }

  #scope({ caller, mutation }: Command, key: string) {
    const organization =
      'organizationId' in caller ? this.#storage.number(caller.organizationId) : 0;
    return { organization, caller: callerId(caller), mutation, key };
  }

  /** Records what was refused since the last time; counts anew once that is durable. */
  recordRefusals(now: number): void {
    for (const [organizationId, events] of this.refusals.events()) {
      this.#record(organizationId, events, now);
    }
  }

  /** Ends the agents whose sessions ran out: they did not come back in time to renew them. */
  endSilentAgents(expired: readonly AgentSession[], now: number): void {
    for (const { organizationId, agentId } of expired) {
      const owner = organizationId as OrganizationId;
      const agent = this.#storage.world(owner, now)?.get('agent', agentId);
      if (agent?.ended === null) this.#record(owner, [endAgent(agent, 'EXPIRED')], now);
    }
  }

  #record(organizationId: OrganizationId, events: readonly DomainEvent[], now: number): void {
    const actor = { kind: 'SYSTEM', id: 'writer', roles: [] } as const;
    const context = { actor, correlationId: 'writer', recordedAt: now };
    this.#storage.append(organizationId, 'ACTIVITY', events, context);
  }

  #count({ caller, mutation }: Command, outcome: Exclude<Outcome, Done>, now: number): void {
    if (!('organizationId' in caller)) return;
    const code = outcome.kind === 'FAULT' ? outcome.code : outcome.refusal.code;
    const refusedOne = { caller: callerId(caller), operation: mutation, code };
    this.refusals.count(caller.organizationId, refusedOne, now);
  }
}

function organizationOf(caller: Caller): OrganizationId {
  if (!('organizationId' in caller)) throw new RangeError('the plan is of no organization');
  return caller.organizationId;
}

function callerId(caller: Caller): string {
  switch (caller.kind) {
    case 'MEMBER':
      return caller.userId;
    case 'AGENT_KEY':
    case 'AGENT':
      return caller.keyId;
    case 'INSTALLATION':
    case 'HOST':
      return caller.kind.toLowerCase();
  }
}

function inputHash(command: Command): Buffer {
  return hash('sha256', canonicalJson(withoutUndefined(command.input)), 'buffer');
}

function withoutUndefined(input: Command['input']): Command['input'] {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

function refused(refusal: Refusal): Outcome {
  return { kind: 'REFUSED', refusal };
}

/** The events in runs of one ledger; each checked against its type's shape. */
function byLedger(events: readonly DomainEvent[]): readonly [LedgerKind, DomainEvent[]][] {
  const runs: [LedgerKind, DomainEvent[]][] = [];
  for (const event of events) {
    const type = EVENT_TYPES.get(event.type);
    const fault = type === undefined ? 'unknown type' : type.fault(event);
    if (type === undefined || fault !== null) {
      throw new TypeError(`${event.type} is malformed: ${fault ?? ''}`);
    }
    const last = runs.at(-1);
    if (last?.[0] === type.ledger) last[1].push(event);
    else runs.push([type.ledger, [event]]);
  }
  return runs;
}
