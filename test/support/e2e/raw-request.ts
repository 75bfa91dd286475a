import { request } from 'node:http';
import { connect } from 'node:net';

export interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RawAnswer {
  readonly status: number;
  readonly requestId: string | undefined;
  readonly body: string;
}

/** Sends bytes as they are: nothing of the request is made right on the way. */
export function sendRequest(url: string, wish: RawRequest): Promise<RawAnswer> {
  const { method = 'POST', path = '/graphql', body = '', headers = {} } = wish;
  const { hostname, port } = new URL(url);
  const length =
    'transfer-encoding' in headers ? {} : { 'content-length': Buffer.byteLength(body) };
  const all = { 'content-type': 'application/json', ...length, ...headers };
  return new Promise<RawAnswer>((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers: all });
    sent.on('error', reject).on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          requestId: response.headers['x-request-id']?.toString(),
          body: Buffer.concat(chunks).toString('utf8'),
        });
      });
    });
    sent.end(body);
  });
}

/** Sends bytes that no client library would, and reads all that comes before the connection ends. */
export function sendBytes(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(bytes));
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('error', reject).on('close', () => {
      resolve(text);
    });
  });
}
