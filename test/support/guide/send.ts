import { sendRequest } from '../e2e/raw-request';
import type { Example } from './examples';
import type { Json, StandIns } from './stand-ins';

/** A request of `http`: method and path, headers, an empty line, a body. */
const HTTP = /^([A-Z]+) (\/\S*)\n((?:[\w-]+: .*\n)*)\n([^]*)$/u;
/** The first line of a document of `graphql` may say with which token it is sent. */
const TOKEN = /^# token: (plsd_\S+)\n/u;

/** Sends an example as it stands there, with what its names stand for; the answer's body. */
export async function send(url: string, example: Example, standIns: StandIns): Promise<Json> {
  const request = standIns.fill(example.request);
  const { body } = await sendRequest(
    url,
    example.kind === 'http'
      ? readHttp(request)
      : {
          headers: {
            authorization: `Bearer ${TOKEN.exec(request)?.[1] ?? standIns.fill('plsd_admin')}`,
          },
          body: JSON.stringify({
            query: request,
            variables: JSON.parse(standIns.fill(example.variables ?? '{}')) as Json,
          }),
        },
  );
  return JSON.parse(body) as Json;
}

function readHttp(request: string) {
  const [, method = '', path = '', headers = '', body = ''] = HTTP.exec(request) ?? [];
  if (method === '') throw new Error(`no request: ${request}`);
  const lines = headers.split('\n').filter((line) => line !== '');
  const entries = lines.map((line) => line.split(': ', 2) as [string, string]);
  return { method, path, headers: Object.fromEntries(entries), body };
}
