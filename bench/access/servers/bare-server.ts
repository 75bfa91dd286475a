import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What no JSON service can do without: reads the body, parses it, and answers with JSON that is made
 * anew each time, as long as the answers of the server that it is compared with.
 */
const { answer } = JSON.parse(process.argv[2] ?? '{}') as { readonly answer: object };

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const body = Buffer.from(JSON.stringify(answer));
    response.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': body.length,
    });
    response.end(body);
  });
});

server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.on('SIGTERM', () => process.exit());
