import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RecordingProxy {
  readonly url: string;
  /** Every byte that went through, requests and answers, with headers. */
  readonly recorded: () => Buffer;
  readonly close: () => Promise<void>;
}

/** A proxy on loopback that forwards to the server and keeps all that passes. */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const { hostname, port } = new URL(target);
  const recorded: Buffer[] = [];
  const keep = (message: IncomingMessage, body: Buffer): void => {
    recorded.push(Buffer.from(`${message.url ?? ''}\n${message.rawHeaders.join('\n')}\n`), body);
  };
  const server = createServer((incoming, outgoing) => {
    void readAll(incoming).then((body) => {
      keep(incoming, body);
      const forward = request(
        { hostname, port, path: incoming.url, method: incoming.method, headers: incoming.headers },
        (answer) => {
          void readAll(answer).then((answered) => {
            keep(answer, answered);
            outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(answered);
          });
        },
      );
      forward.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(address.port)}`,
    recorded: () => Buffer.concat(recorded),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
