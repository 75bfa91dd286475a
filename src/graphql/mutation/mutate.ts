import type { Inputs, CommandName } from '../../commands/inputs';
import type { Caller, Done, Outcome } from '../../commands/protocol';
import { forgetFacts } from '../authorize';
import type { RequestContext } from '../context';
import { fault } from '../errors';
import { lookUp } from '../node/find';
import { dryRun } from './dry-run';
import type { ChangeInput } from './inputs';
import type { PayloadFields } from './payload';
import { toError } from './to-error';
import { SECRET_ALREADY_SHOWN, toUserError } from './user-error';

/** The kinds of callers that a mutation may have at all. Whether this one may, the writer decides. */
const CALLERS: Readonly<Partial<Record<CommandName, Caller['kind']>>> = {
  organizationCreate: 'INSTALLATION',
  agentRegister: 'AGENT_KEY',
  agentDisconnect: 'AGENT',
};

/**
 * Sends a mutation to the writer and renders its answer from what the caller may read afterwards; one
 * that is a dry run is only tried out. Refusals come back as `userErrors`; throws UNAUTHENTICATED and FORBIDDEN before any look-up, and
 * every fault of the writer by its code.
 */
export async function mutate(
  context: RequestContext,
  mutation: PayloadFields & { readonly name: CommandName },
  input: ChangeInput,
): Promise<object> {
  const caller = callerOf(context, mutation.name);
  const { idempotencyKey, dryRun: isDryRun, ...told } = input;
  if (isDryRun === true) return dryRun(context, mutation.name, input);
  const outcome = await submit(context, caller, mutation.name, told, idempotencyKey);
  if (outcome.kind === 'FAULT') throw toError(outcome);
  if (outcome.kind === 'REFUSED') {
    return { position: null, userErrors: [toUserError(outcome.refusal)] };
  }
  return render(context, mutation, outcome);
}

/** Sends a command to the writer; what it changed is read afresh from then on. */
export async function submit<M extends CommandName>(
  context: RequestContext,
  caller: Caller,
  mutation: M,
  input: Inputs[M] | object,
  idempotencyKey: string | null = null,
): Promise<Outcome> {
  const outcome = await context.commands.submit({
    mutation,
    caller,
    input: { ...input },
    idempotencyKey,
    correlationId: context.requestId,
  });
  forgetFacts(context);
  return outcome;
}

function callerOf({ principal }: RequestContext, mutation: CommandName): Caller {
  const expected = CALLERS[mutation] ?? 'MEMBER';
  if (principal.kind === 'ANONYMOUS') throw fault('UNAUTHENTICATED');
  if (principal.kind !== expected) throw fault('FORBIDDEN');
  switch (principal.kind) {
    case 'MEMBER': {
      const { kind, organizationId, userId, tokenId } = principal;
      return { kind, organizationId, userId, tokenId };
    }
    case 'AGENT': {
      const { kind, organizationId, agentId, keyId, sessionHash } = principal;
      return { kind, organizationId, agentId, keyId, sessionHash };
    }
    case 'INSTALLATION':
      return { kind: 'INSTALLATION' };
  }
}

function render(
  context: RequestContext,
  { entities = [], ids = [], secret }: PayloadFields,
  done: Done,
): Record<string, unknown> {
  const answer: Record<string, unknown> = { position: done.position, userErrors: [] };
  for (const { field, kind, id } of entities) {
    answer[field] = lookUp(context, kind, done.ids[id] ?? null);
  }
  for (const { field, id } of ids) answer[field] = done.ids[id] ?? null;
  if (secret !== undefined) {
    answer[secret.field] = done.secret;
    if (done.secret === null && done.repeated) answer['userErrors'] = [SECRET_ALREADY_SHOWN];
  }
  return answer;
}
