import type { CommandName, Inputs } from '../../../src/commands/inputs';
import type { Command, Done } from '../../../src/commands/protocol';
import type { Admin } from './child-messages';

/** Carries a command out; resolves with the ids of its answer. */
export type CarryOut = (command: Command) => Promise<Done['ids']>;

/** The ids that each command answers with, of those that are used again. */
type Made = Readonly<Record<'teamId' | 'clusterId' | 'queueId' | 'pipelineId', string>>;

/**
 * Sends one command after the other for ever: makes a team, a cluster, a queue and a pipeline with
 * grants between them, and lets most of it end again. Every command is one that must be carried out
 * and appends something, several of them more than one event. `name` is unique to the worker.
 */
export async function workWithoutEnd(
  name: string,
  admin: Admin,
  carryOut: CarryOut,
): Promise<never> {
  const { organizationId } = admin;
  let sent = 0;
  const send = async <N extends CommandName>(mutation: N, input: Inputs[N]): Promise<Made> => {
    sent += 1;
    const correlationId = `${name}-${sent}`;
    const ids = await carryOut({
      mutation,
      caller: admin,
      input: input as unknown as Command['input'],
      idempotencyKey: correlationId,
      correlationId,
    });
    return ids as unknown as Made;
  };
  for (let round = 0; ; round += 1) {
    const slug = `${name}-${round}`;
    const { teamId } = await send('teamCreate', { organizationId, slug, name: slug });
    const { clusterId } = await send('clusterCreate', { organizationId, slug, name: slug });
    await send('clusterGrant', { clusterId, teamId, level: 'USE' });
    const queue = { clusterId, key: 'default', mode: 'RESTRICTED', makeDefault: true } as const;
    const { queueId } = await send('clusterQueueCreate', queue);
    const pipeline = { organizationId, clusterId, slug, name: slug };
    const { pipelineId } = await send('pipelineCreate', pipeline);
    await send('pipelineGrant', { pipelineId, teamId, level: 'BUILD' });
    await send('queuePipelineGrant', { queueId, pipelineId, branches: ['main'] });
    await send('clusterUpdate', { clusterId, name: `${slug} renamed` });
    await send('pipelineMove', { pipelineId, clusterId: null });
    await send('teamDelete', { teamId });
  }
}
