import { mutation } from '../mutation/definition';
import { ApiTokenCreateInput, ApiTokenRevokeInput } from './inputs';
import { ApiTokenType } from './types';

export const API_TOKEN_MUTATIONS = [
  mutation({
    name: 'apiTokenCreate',
    description: 'Makes an API token for oneself; ADMINs also for SERVICE members.',
    input: ApiTokenCreateInput,
    entities: [
      {
        field: 'apiToken',
        type: ApiTokenType,
        kind: 'apiToken',
        id: 'tokenId',
        description: 'What is known of the new token.',
      },
    ],
    secret: { field: 'secret', description: 'The token itself. It is shown this once.' },
  }),
  mutation({
    name: 'apiTokenRevoke',
    description: "Ends an API token at once: one's own, for ADMINs everyone's.",
    input: ApiTokenRevokeInput,
    ids: [{ field: 'revokedApiTokenId', id: 'tokenId', description: 'The token that is gone.' }],
  }),
];
