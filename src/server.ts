import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { EXPLORER, socketPath } from './cli/data-folder';
import { Failure } from './cli/failure';
import { tasksOn } from './cli/host-tasks';
import type { Installation } from './cli/installation';
import type { Config } from './config/config';
import { AddressRanges } from './domain/address';
import { CursorSeal } from './graphql/paging/cursor-seal';
import { createSchema } from './graphql/schema';
import { createApollo } from './graphql/server';
import { createApp } from './http/app';
import { Attempts } from './http/attempts';
import { createControl } from './http/control';
import { Health } from './http/health';
import { measuredCommands, operationMetrics } from './http/instrument';
import { Metrics } from './http/metrics';
import { createMetricsApp } from './http/metrics-app';
import { RegistrationAttempts } from './http/registration-attempts';
import { Sightings } from './http/sightings';

/** A server that listens. */
export interface Server {
  /** How this machine reaches it. */
  readonly url: string;
  readonly metricsUrl: string;
  /** Takes no new requests, finishes those under way, and writes what was only in memory. */
  readonly drain: () => Promise<void>;
}

/** Some systems allow no more than 104 bytes, the closing zero included. */
const SOCKET_PATH_BYTES_MAX = 103;

/** Puts the HTTP thread together and listens. Throws Failure when it cannot. */
export async function startServer(
  installation: Installation,
  config: Config,
  log: Logger,
): Promise<Server> {
  const { clock, writer } = installation;
  const stopwatch = (): number => performance.now();
  const health = new Health();
  const metrics = new Metrics({
    commandsWaiting: () => writer.length,
    questionsWaiting: () => installation.questions.length,
    ready: () => health.readiness().ready,
    fileBytes: () => fileBytes(config.dataFolder),
  });
  installation.watch((status, elapsedMs) => {
    health.note(status);
    metrics.writer(status, elapsedMs);
  });
  const sightings = new Sightings();
  const flush = (): void => {
    writer.seen(sightings.take());
  };
  const apollo = createApollo(createSchema(), {
    introspection: config.development,
    logger: log,
    plugins: [operationMetrics(metrics, stopwatch)],
  });
  await apollo.start();

  let publicUrl = config.publicUrl;
  const app = createApp({
    log,
    apollo,
    metrics,
    stopwatch,
    sightings,
    queries: installation.queries,
    credentials: installation.credentials,
    commands: measuredCommands(writer, metrics, stopwatch),
    clock: { now: clock },
    newRequestId: randomUUID,
    health,
    registrations: new RegistrationAttempts({
      attemptsMax: config.registrationsPerMinuteMax,
      failuresMax: config.failedRegistrationsPerMinuteMax,
      failuresPerKeyMax: config.failedRegistrationsPerKeyPerMinuteMax,
    }),
    failedAuthentications: new Attempts(config.failedAuthenticationsPerMinuteMax),
    cursors: new CursorSeal(randomBytes),
    proxies: new AddressRanges(config.trustedProxies),
    questions: installation.questions,
    publicUrl: () => publicUrl ?? '',
    audience: () => `${publicUrl ?? ''}/agent-auth`,
    bodyBytesMax: config.bodyBytesMax,
    explorerFolder: config.development ? EXPLORER : null,
  });
  const metricsApp = createMetricsApp(metrics);
  const control = createControl(tasksOn(installation), log);
  const socket = socketPath(config.dataFolder);

  const close = async (): Promise<void> => {
    await Promise.all([app.close(), control.close()]);
    await apollo.stop();
    await metricsApp.close();
    rmSync(socket, { force: true });
  };

  try {
    installation.questions.start();
    const metricsUrl = await listen(metricsApp, config.metricsHost, config.metricsPort);
    await listenOnSocket(control, socket);
    const url = await listen(app, config.host, config.port);
    publicUrl ??= url;
    const flushing = setInterval(flush, config.sightingsFlushMs);
    return {
      url,
      metricsUrl: `${metricsUrl}/metrics`,
      drain: async () => {
        health.drain();
        await sleep(config.drainDelayMs);
        clearInterval(flushing);
        await close();
        flush();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Listener {
  readonly listen: (where: { host: string; port: number } | { path: string }) => Promise<string>;
}

async function listen(app: Listener, host: string, port: number): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    throw new Failure(`Cannot listen on ${host}, port ${port}: ${reasonOf(error)}.`);
  }
}

async function listenOnSocket(app: Listener, path: string): Promise<void> {
  if (Buffer.byteLength(path) > SOCKET_PATH_BYTES_MAX) {
    throw new Failure(`The path of the data folder is too long for a socket in it: ${path}`);
  }
  // Left by a process that was killed: whoever has the folder's lock is alone here.
  rmSync(path, { force: true });
  await app.listen({ path });
  chmodSync(path, 0o600);
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return 'something else listens there';
  if (code === 'EACCES') return 'this user may not';
  return error instanceof Error ? error.message : String(error);
}

function fileBytes(folder: string): ReadonlyMap<string, number> {
  const names = readdirSync(folder).filter((name) => /\.db(?:-wal)?$/u.test(name));
  return new Map(
    names.map((name) => [name, statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0]),
  );
}
