import { LoadConnection } from './connection';
import type { Target } from './messages';
import { requestsTo } from './requests';

/** Sends one request after the other until something is done. Milliseconds of each. */
export function latenciesUntil(target: Target, done: Promise<unknown>): Promise<readonly number[]> {
  const requests = requestsTo(target);
  const taken: number[] = [];
  let over = false;
  const end = (): void => {
    over = true;
  };
  void done.then(end, end);
  return new Promise((resolve) => {
    let sent = performance.now();
    const next = (): void => {
      const request = requests[taken.length % requests.length];
      sent = performance.now();
      if (request !== undefined) connection.send(request);
    };
    const connection = new LoadConnection(target.port, () => {
      taken.push(performance.now() - sent);
      if (!over) {
        next();
        return;
      }
      connection.close();
      resolve(taken);
    });
    next();
  });
}
