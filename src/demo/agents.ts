import { randomBytes } from 'node:crypto';
import { generateAgentKey, type AgentKeyPair } from '../agent/agent-key-pair';
import { signRegistration } from '../agent/sign-assertion';
import { Client } from './client';
import type { Cured } from './cure';
import type { Narrator } from './narrator';
import type { World } from './world';

const SESSION = 'agent { id queue { key } cluster { name } } sessionToken expiresAt';

/** Two machines with key pairs of their own register; neither can take the other's place. */
export async function agentsRegister(
  narrator: Narrator,
  world: World,
  cured: Cured,
  clock: () => number,
): Promise<void> {
  const common = generateAgentKey('EdDSA');
  const strong = generateAgentKey('ES256');
  await admit(world, common, world.clusterId, 'Common agents', [world.queueId]);
  await admit(world, strong, cured.adminClusterId, 'Admin agents', [cured.adminQueueId]);
  narrator.done('Two public keys are admitted (Ed25519 and P-256), each to one cluster and queue.');

  const register = async (pair: AgentKeyPair, queue: string): Promise<void> => {
    const assertion = await signRegistration(pair, {
      audience: `${world.url}/agent-auth`,
      organizationId: world.organizationId,
      queue,
      instance: randomBytes(18).toString('base64url'),
      jti: randomBytes(18).toString('base64url'),
      now: clock(),
    });
    await new Client(world.url, null).change('agentRegister', { assertion }, SESSION);
  };
  await register(common, world.queueId);
  await register(strong, cured.adminQueueId);
  narrator.done(
    'Both agents register themselves: each signs with a key that never left its machine.',
  );
  await narrator.refused('A common agent asks for the admin queue with its own key.', () =>
    register(common, cured.adminQueueId),
  );
  await narrator.refused('A stranger with a key nobody admitted asks for it.', () =>
    register(generateAgentKey('EdDSA'), cured.adminQueueId),
  );
}

async function admit(
  world: World,
  pair: AgentKeyPair,
  clusterId: string,
  name: string,
  queueIds: readonly string[],
): Promise<void> {
  const publicKey = JSON.stringify(pair.publicKey.jwk);
  const input = { clusterId, name, publicKey, queueIds };
  await world.people.admin.change('agentKeyRegister', input, 'agentKey { id }');
}
