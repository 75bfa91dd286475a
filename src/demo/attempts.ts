import { Refusal, type Client } from './client';
import type { Cured } from './cure';
import type { Narrator } from './narrator';
import type { World } from './world';

interface Checked {
  readonly accessCheck: {
    readonly allowed: boolean;
    readonly code: string;
    readonly message: string;
  } | null;
}

const CHECK = `query ($input: AccessCheckInput!) {
  accessCheck(input: $input) { allowed code message }
}`;

/** What was possible before is tried again, by the people themselves; the server refuses it. */
export async function attempts(narrator: Narrator, world: World, cured: Cured): Promise<void> {
  const { people, organizationId, pipelineIds, userIds } = world;
  const create = (who: Client, clusterId: string): Promise<unknown> =>
    who.change(
      'pipelineCreate',
      { organizationId, clusterId, slug: 'just-a-test', name: 'Just a test' },
      'pipeline { id }',
    );
  await narrator.refused('The developer creates a pipeline on the common agents.', () =>
    create(people.developer, world.clusterId),
  );
  await narrator.refused('The developer creates one on the admin agents.', () =>
    create(people.developer, cured.adminClusterId),
  );
  await narrator.refused('The monitor grants themselves the right to build “Cloud accounts”.', () =>
    people.monitor.change(
      'pipelineGrant',
      { pipelineId: pipelineIds.accounts, userId: userIds.monitor, level: 'BUILD' },
      'grant { id }',
    ),
  );
  const check = (what: string, input: object): Promise<void> =>
    narrator.refused(what, () => asRefusal(people.admin, input));
  await check('May the monitor build “Cloud accounts”?', {
    subjectId: userIds.monitor,
    action: 'pipeline:build',
    resourceId: pipelineIds.accounts,
  });
  await check('May “Website” run on the admin queue, from outside its cluster?', {
    subjectId: pipelineIds.website,
    action: 'queue:run',
    resourceId: cured.adminQueueId,
    branch: 'main',
  });
  await check('May “Cloud accounts” run there on a branch of somebody’s own?', {
    subjectId: pipelineIds.accounts,
    action: 'queue:run',
    resourceId: cured.adminQueueId,
    branch: 'try-this',
  });
  const seen = await people.monitor.ask<{ node: { name: string } | null }>(
    'query ($id: ID!) { node(id: $id) { ... on Pipeline { name } } }',
    { id: pipelineIds.accounts },
  );
  narrator.done(
    `The monitor still sees “${seen.node?.name ?? ''}”: monitoring needs no build rights.`,
  );
}

async function asRefusal(asker: Client, input: object): Promise<void> {
  const { accessCheck } = await asker.ask<Checked>(CHECK, { input });
  if (accessCheck !== null && !accessCheck.allowed) {
    throw new Refusal(accessCheck.code, accessCheck.message);
  }
}
