import { hash } from 'node:crypto';
import { endAgent } from '../domain/agent/decide';
import { EVENT_TYPES } from '../domain/catalogue';
import type { DomainEvent } from '../domain/event';
import type { OrganizationId } from '../domain/id';
import { refuse } from '../domain/refusal';
import { canonicalJson } from '../ledger/canonical';
import type { AgentSession } from '../ledger/shared-state';
import type { LedgerKind } from '../ledger/types';
import type { CallerActor } from './caller';
import { applyEffects } from './effects';
import type { Plan } from './handler';
import { admit, judge, refused, type JudgeParts } from './judge';
import { nowhere } from './nowhere';
import type { Caller, Command, Done, Outcome } from './protocol';
import { RefusalCounts } from './refusal-counts';
import type { Storage } from './storage';

/**
 * Runs one command within the writer's transaction: who asks, may they, what follows; then append
 * and project. Nothing is written before everything has said yes, so a refusal leaves no trace, but
 * that a private key was submitted is remembered.
 */
export class CommandRunner {
  readonly refusals = new RefusalCounts();
  readonly #storage: Storage;
  readonly #parts: JudgeParts;

  constructor(storage: Storage, parts: JudgeParts) {
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
    const { caller } = command;
    const organizationId = 'organizationId' in caller ? caller.organizationId : undefined;
    const world = organizationId && this.#storage.world(organizationId, now);
    const admitted = admit(command, world);
    if ('kind' in admitted) return admitted;
    const repeated = this.#firstResult(command);
    if (repeated !== undefined) return repeated;
    const { shared } = this.#storage;
    const judged = judge(command, admitted, world ?? nowhere(now), shared, this.#parts);
    if (judged.kind === 'PLANNED') {
      return this.#carryOut(command, judged.plan, admitted.actor, now);
    }
    const leakedKeyId = judged.kind === 'REFUSED' ? judged.refusal.leakedKeyId : undefined;
    if (leakedKeyId !== undefined) shared.leakedKeys.add(organizationOf(caller), leakedKeyId);
    return judged;
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

  /**
   * What the same command came to before, to whoever still is the caller and has a token for it. The
   * right to it is not asked again, since many commands use it up. It holds only what the caller did:
   * whoever renders it asks afresh what they may read.
   */
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
