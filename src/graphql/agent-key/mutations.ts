import { mutation } from '../mutation/definition';
import { AgentKeyRegisterInput, AgentKeyRevokeInput } from './inputs';
import { AgentKeyType } from './types';

const agentKey = (description: string) => ({
  field: 'agentKey',
  type: AgentKeyType,
  kind: 'agentKey' as const,
  id: 'keyId',
  description,
});

export const AGENT_KEY_MUTATIONS = [
  mutation({
    name: 'agentKeyRegister',
    description:
      'Admits a public key to a cluster. It stays PENDING until an agent proves to hold the private key. For who manages the cluster.',
    input: AgentKeyRegisterInput,
    entities: [agentKey('The new key.')],
  }),
  mutation({
    name: 'agentKeyRevoke',
    description:
      'Refuses a key for ever, and ends its agents and their sessions at once. For who manages the cluster.',
    input: AgentKeyRevokeInput,
    entities: [agentKey('The key as it is now.')],
  }),
];
