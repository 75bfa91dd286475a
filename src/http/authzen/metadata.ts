import type { FastifyInstance, FastifyReply } from 'fastify';
import { sendMessage } from './faults';

/** Where each call is answered, by the name that the metadata has for it. */
export const ENDPOINTS = {
  access_evaluation_endpoint: '/access/v1/evaluation',
  access_evaluations_endpoint: '/access/v1/evaluations',
  search_subject_endpoint: '/access/v1/search/subject',
  search_resource_endpoint: '/access/v1/search/resource',
  search_action_endpoint: '/access/v1/search/action',
} as const;

const PATH = '/.well-known/authzen-configuration';
const MAX_AGE_SECONDS = 300;

/**
 * Serves the metadata, to anyone. With a public URL that has a path, the well-known part stands between
 * host and path; behind a proxy that takes the path away it is found without it, too.
 */
export function serveMetadata(scope: FastifyInstance, publicUrl: () => string): void {
  const answer = (reply: FastifyReply): FastifyReply =>
    reply
      .header('cache-control', `public, max-age=${MAX_AGE_SECONDS}`)
      .type('application/json')
      .send(JSON.stringify(metadataOf(publicUrl())));
  scope.get(PATH, (_request, reply) => answer(reply));
  scope.get<{ Params: { '*': string } }>(`${PATH}/*`, ({ params }, reply) =>
    `/${params['*']}` === new URL(publicUrl()).pathname
      ? answer(reply)
      : sendMessage(reply, 404, 'There is nothing at this address.'),
  );
}

function metadataOf(url: string): object {
  const endpoints: [string, string][] = Object.entries(ENDPOINTS).map(([name, path]) => [
    name,
    `${url}${path}`,
  ]);
  return { policy_decision_point: url, ...Object.fromEntries<string>(endpoints) };
}
