import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { answerClientError } from '../../../src/http/client-error';
import { timeouts } from '../../../src/http/timeouts';

const HEAD = 'POST / HTTP/1.1\r\nhost: here\r\ncontent-type: application/json\r\n';

let app: FastifyInstance;
beforeAll(async () => {
  app = Fastify({ ...timeouts(600), clientErrorHandler: answerClientError(() => 'id') });
  app.post('/', (_request, reply) => reply.send('done'));
  await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => app.close());

/** What is answered to who begins so and then sends a byte now and again until it is hung up on. */
async function drip(beginning: string, byte: string): Promise<string> {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  let answer = '';
  socket.on('data', (bytes) => (answer += String(bytes)));
  socket.on('error', () => undefined);
  socket.write(beginning);
  const dripping = setInterval(() => socket.writable && socket.write(byte), 50);
  await once(socket, 'close');
  clearInterval(dripping);
  return answer;
}

test.each([
  ['headers', HEAD, 'x'],
  ['a body', `${HEAD}content-length: 100000\r\n\r\n`, ' '],
  ['chunks', `${HEAD}transfer-encoding: chunked\r\n\r\n`, '1\r\n \r\n'],
])('who takes too long is hung up on: %s', async (_what, beginning, byte) => {
  expect(await drip(beginning, byte)).toMatch(/^HTTP\/1\.1 408 /u);
});
