import type { DecideContext, Effect, Plan } from '../../src/commands/handler';
import { HANDLERS } from '../../src/commands/handlers';
import type { CommandName, Inputs } from '../../src/commands/inputs';
import { admit, judge, type Judged, type JudgeParts, type Wish } from '../../src/commands/judge';
import type { Claimed } from '../../src/commands/effects';
import { nowhere } from '../../src/commands/nowhere';
import type { Caller, Fault, Refused } from '../../src/commands/protocol';
import { ApiTokenCreated } from '../../src/domain/api-token/events';
import type { DomainEvent } from '../../src/domain/event';
import {
  formatId,
  type ApiTokenId,
  type NewId,
  type OrganizationId,
  type UserId,
} from '../../src/domain/id';
import { MemberAdded, type MemberKind, type MemberRole } from '../../src/domain/member/events';
import type { RefusalCode } from '../../src/domain/refusal';
import { formatSecretToken } from '../../src/keys/secret-token';
import type { World } from '../../src/views/world';
import { faultOf } from './given-when-then';
import { MemoryWorld } from './memory-world';

type MemberCaller = Extract<Caller, { kind: 'MEMBER' }>;
export type Tried = ({ readonly kind: 'DONE' } & Plan) | Refused | Fault;

export const STARTED_AT = Date.UTC(2026, 0, 1);

/**
 * One organization in memory, which takes commands as the writer does: who asks, may they, what
 * follows. What it keeps besides the world is what effects would change.
 */
export class MemoryOrganization {
  readonly admin: MemberCaller;
  readonly claimed = new Map<string, string>();
  readonly usedAssertions = new Set<string>();
  readonly leakedKeys = new Set<string>();
  /** Open sessions: the agent by the token's hash. */
  readonly sessions = new Map<string, string>();
  world: MemoryWorld;
  #ids = 0;

  constructor() {
    const input = { slug: 'acme', name: 'Acme', adminName: 'Ada' };
    this.world = new MemoryWorld('org_00000000000000000000000000', STARTED_AT);
    const created = this.#run({ kind: 'INSTALLATION' }, 'organizationCreate', input);
    if (created.kind !== 'DONE') throw new Error('the organization was not created');
    const { organizationId, userId, tokenId } = created.ids as {
      organizationId: OrganizationId;
      userId: UserId;
      tokenId: ApiTokenId;
    };
    this.admin = { kind: 'MEMBER', organizationId, userId, tokenId };
  }

  get id(): OrganizationId {
    return this.world.organizationId;
  }

  readonly newId: NewId = (prefix) => {
    this.#ids += 1;
    const bytes = new Uint8Array(16);
    const view = new DataView(bytes.buffer);
    // Of some time, as those are that are really given.
    view.setUint32(0, 1);
    view.setUint32(12, this.#ids);
    return formatId(prefix, bytes);
  };

  readonly newSecret: DecideContext['newSecret'] = (kind) => {
    this.#ids += 1;
    const bytes = new Uint8Array(32);
    new DataView(bytes.buffer).setUint32(28, this.#ids);
    return formatSecretToken(kind, bytes);
  };

  /** Records events as given, without asking anybody. */
  given(...events: readonly DomainEvent[]): void {
    this.#record(events);
  }

  /** A new member with a token of these scopes. */
  member(
    role: MemberRole = 'MEMBER',
    scopes: readonly string[] = ['read', 'write'],
    kind: MemberKind = 'PERSON',
  ): MemberCaller {
    const userId = this.newId('usr');
    this.given(MemberAdded.make({ userId, role, kind }, { name: userId, email: null }));
    return this.token(userId, scopes);
  }

  /** The member with another token. */
  token(userId: UserId, scopes: readonly string[]): MemberCaller {
    const tokenId = this.newId('tok');
    const tokenHash = String(this.#ids).padStart(64, '0');
    const limits = { scopes: [...scopes], addressRanges: [], expiresAt: null };
    this.given(ApiTokenCreated.make({ tokenId, userId, tokenHash, ...limits }));
    return { kind: 'MEMBER', organizationId: this.id, userId, tokenId };
  }

  /** Lets time pass. */
  wait(ms: number): void {
    this.world = this.world.at(this.world.now + ms);
  }

  /** Runs a command; whatever it answers, the world is as it then is. */
  try<M extends CommandName>(caller: Caller, mutation: M, input: Inputs[M]): Tried {
    return this.#run(caller, mutation, input);
  }

  /** Runs a command that must succeed. The ids it answers with. */
  do<M extends CommandName>(caller: Caller, mutation: M, input: Inputs[M]): Record<string, string> {
    return this.plan(caller, mutation, input).ids as Record<string, string>;
  }

  /** Runs a command that must succeed. All that it did. */
  plan<M extends CommandName>(caller: Caller, mutation: M, input: Inputs[M]): Plan {
    const tried = this.#run(caller, mutation, input);
    if (tried.kind !== 'DONE') throw new Error(`${mutation}: ${JSON.stringify(tried)}`);
    return tried;
  }

  /** Runs a command that must be refused, and expects that nothing came of it. */
  refused<M extends CommandName>(
    caller: Caller,
    mutation: M,
    input: Inputs[M],
    code: RefusalCode | Fault['code'],
    field?: string | null,
  ): Tried {
    const before = this.world;
    const tried = this.#run(caller, mutation, input);
    expect(tried).toMatchObject(
      tried.kind === 'REFUSED' ? { refusal: { code } } : { kind: 'FAULT', code },
    );
    if (field !== undefined) {
      expect(tried).toMatchObject({ refusal: { field: field === null ? null : [field] } });
    }
    expect(this.world).toBe(before);
    return tried;
  }

  /** What would come of a command in this world; nothing does. */
  judged<M extends CommandName>(
    caller: Caller,
    mutation: M,
    input: Inputs[M],
    world: World,
  ): Judged {
    const wish: Wish = { caller, mutation, input: input as Wish['input'] };
    const admitted = admit(wish, world);
    if ('kind' in admitted) return admitted;
    return judge(wish, admitted, world, this.#claimed(), this.#parts);
  }

  get #parts(): JudgeParts {
    return { handlers: HANDLERS, newId: this.newId, newSecret: this.newSecret };
  }

  #claimed(): Claimed {
    return {
      names: { owner: (scope, name) => this.claimed.get(`${scope} ${name}`) },
      assertions: { has: (keyId, _purpose, jti) => this.usedAssertions.has(`${keyId} ${jti}`) },
      leakedKeys: { has: (_organization, keyId) => this.leakedKeys.has(keyId) },
    };
  }

  #run<M extends CommandName>(caller: Caller, mutation: M, input: Inputs[M]): Tried {
    const wish: Wish = { caller, mutation, input: input as Wish['input'] };
    const world = 'organizationId' in caller ? this.world : nowhere(this.world.now);
    const foreign = 'organizationId' in caller && caller.organizationId !== this.id;
    const admitted = admit(wish, foreign ? undefined : world);
    if ('kind' in admitted) return admitted;
    const judged = judge(wish, admitted, world, this.#claimed(), this.#parts);
    if (judged.kind !== 'PLANNED') {
      const leakedKeyId = judged.kind === 'REFUSED' ? judged.refusal.leakedKeyId : undefined;
      if (leakedKeyId !== undefined) this.leakedKeys.add(leakedKeyId);
      return judged;
    }
    const { plan } = judged;
    if (plan.creates !== undefined) this.world = new MemoryWorld(plan.creates, this.world.now);
    this.#record(plan.events, admitted.actor);
    for (const effect of plan.effects ?? []) this.#apply(effect);
    return { kind: 'DONE', ...plan };
  }

  #record(events: readonly DomainEvent[], actor?: Parameters<MemoryWorld['after']>[1]): void {
    for (const event of events) {
      const wrong = faultOf(event);
      if (wrong !== null) throw new Error(`${event.type}: ${wrong}`);
    }
    if (events.length > 0) this.world = this.world.after(events, actor);
  }

  #apply(effect: Effect): void {
    switch (effect.kind) {
      case 'CLAIM_NAME':
        this.claimed.set(`${effect.scope} ${effect.name}`, effect.owner);
        break;
      case 'USE_ASSERTION':
        this.usedAssertions.add(`${effect.keyId} ${effect.jti}`);
        break;
      case 'OPEN_SESSION':
        this.sessions.set(effect.tokenHash, effect.agentId);
        break;
      case 'END_SESSIONS':
        for (const [hash, agentId] of this.sessions) {
          if (agentId === effect.agentId) this.sessions.delete(hash);
        }
        break;
      case 'ADMIT_KEY':
        break;
    }
  }
}
