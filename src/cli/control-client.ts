import { request } from 'node:http';
import { TASK_PATHS, type AdminToken, type HostTasks } from '../http/host-tasks';
import { socketPath } from './data-folder';
import { Failure } from './failure';

/** The tasks of a server that runs on this data folder, asked for over its socket. */
export function tasksOfServer(folder: string): HostTasks {
  const socket = socketPath(folder);
  return {
    adminToken: async (choice) => (await post(socket, TASK_PATHS.adminToken, choice)) as AdminToken,
    installationToken: async () =>
      (await post(socket, TASK_PATHS.installationToken, {})) as { readonly token: string },
    adoptViews: async (choice) => (await post(socket, TASK_PATHS.adoptViews, choice)) as object,
  };
}

async function post(socket: string, path: string, input: unknown): Promise<unknown> {
  const { status, body } = await send(socket, path, JSON.stringify(input));
  const answer: unknown = JSON.parse(body);
  if (status === 200) return answer;
  const { error } = answer as { readonly error?: unknown };
  throw new Failure(typeof error === 'string' ? error : `The server answered with ${status}.`);
}

function send(
  socketPath: string,
  path: string,
  body: string,
): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const asking = request({ socketPath, path, method: 'POST', headers }, (response) => {
      let received = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (received += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: received });
      });
      response.on('error', reject);
    });
    asking.on('error', () => {
      reject(
        new Failure('Another process uses the data folder, and it does not answer as a server.'),
      );
    });
    asking.end(body);
  });
}
