import { LoadConnection } from './connection';
import type { Target } from './messages';

const CONNECTIONS = 32;

/** The bytes of each request of a target. */
export function requestsTo({ port, path, headers, bodies }: Target): readonly Buffer[] {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n${lines.join('')}`;
  return bodies.map((body) =>
    Buffer.from(
      `${head}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    ),
  );
}

/** Sends every request once, and returns the bodies of the answers in their order. */
export async function askAll(target: Target): Promise<readonly string[]> {
  const requests = requestsTo(target);
  const answers: string[] = [];
  return new Promise((done) => {
    const next = (): void => {
      const request = requests[answers.length];
      if (request !== undefined) {
        connection.send(request);
        return;
      }
      connection.close();
      done(answers);
    };
    const connection = new LoadConnection(target.port, (body) => {
      answers.push(Buffer.from(body, 'latin1').toString('utf8'));
      next();
    });
    next();
  });
}

/** Sends requests over several connections for a while, each as soon as one was answered. */
export async function load(
  port: number,
  requests: readonly Buffer[],
  ms: number,
): Promise<{ readonly requests: number; readonly seconds: number }> {
  const started = performance.now();
  let answered = 0;
  let sent = 0;
  return new Promise((done) => {
    const endSpinning = spin();
    const connections = Array.from({ length: CONNECTIONS }, () => {
      const connection = new LoadConnection(port, () => {
        answered += 1;
        next(connection);
      });
      return connection;
    });
    const next = (connection: LoadConnection): void => {
      const elapsed = performance.now() - started;
      if (elapsed < ms) {
        const request = requests[sent % requests.length];
        sent += 1;
        if (request !== undefined) connection.send(request);
      } else if (answered === sent) {
        endSpinning();
        for (const each of connections) each.close();
        done({ requests: answered, seconds: elapsed / 1000 });
      }
    };
    connections.forEach(next);
  });
}

/**
 * Keeps the core from sleeping between answers: in a virtual machine the server pays for waking it,
 * inside its own write, more than it pays for a request.
 */
function spin(): () => void {
  let spinning = true;
  const turn = (): void => {
    if (spinning) setImmediate(turn);
  };
  turn();
  return () => {
    spinning = false;
  };
}
