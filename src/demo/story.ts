import { agentsRegister } from './agents';
import { attempts } from './attempts';
import { auditTrail } from './audit-trail';
import { cure } from './cure';
import type { Narrator } from './narrator';
import { reachTable } from './reach-table';
import { worldAsItWas } from './world';

export interface Stage {
  readonly url: string;
  readonly organizationId: string;
  readonly adminToken: string;
  readonly clock: () => number;
}

/**
 * Plays the request that Palisade answers, against a running server, as its clients would. Every
 * table and every refusal is the server's answer. Throws when one is not what the story tells.
 */
export async function tellStory(narrator: Narrator, stage: Stage): Promise<void> {
  const { url, organizationId, adminToken, clock } = stage;
  narrator.act('1. The world as it was');
  narrator.say(
    'One pool of agents with strong cloud permissions. Every member may create pipelines.',
  );
  const world = await worldAsItWas(url, organizationId, adminToken);
  const { admin, developer } = world.people;
  const before = await reachTable(admin, world.clusterId);
  narrator.say(
    `\nWho can get code onto the agents that hold the keys to the cloud?\n\n${before}\n`,
  );
  await developer.change(
    'pipelineCreate',
    { organizationId, clusterId: world.clusterId, slug: 'innocent', name: 'Innocent' },
    'pipeline { id }',
  );
  narrator.done(
    'And so it happens: the developer creates a pipeline, and it may run on every agent.',
  );

  narrator.act('2. The cure');
  const cured = await cure(narrator, world);
  await agentsRegister(narrator, world, cured, clock);

  narrator.act('3. The same attempts again');
  await attempts(narrator, world, cured);

  narrator.act('4. The world as it is');
  const after = await reachTable(admin, cured.adminClusterId);
  narrator.say(`Who can get code onto the admin agents now?\n\n${after}\n`);
  narrator.say('People who can change the code that a pipeline checks out are not counted.');

  narrator.act('5. The trail');
  narrator.say(
    'Every change is an event that nobody can alter. The cure, as an auditor reads it:\n',
  );
  narrator.say(await auditTrail(admin, organizationId, 10));
}
