import { Command } from 'commander';
import type { Logger } from 'pino';
import type { Config } from '../config/config';
import { createLog } from '../config/log';
import { SETTING_NAMES } from '../config/settings';
import type { Server } from '../server';
import { FAILED } from './failure';
import { addFirstNames, makeFirstOrganization, type FirstNames } from './first-organization';
import { openInstallation, type Installation } from './installation';
import { addSettings, configOf } from './settings-options';

/** `palisade serve`: the server, until a signal stops it. */
export function serveCommand(): Command {
  const command = new Command('serve').description(
    'Start the server. The first start makes the data folder, an organization and its ADMIN.',
  );
  addFirstNames(addSettings(command, SETTING_NAMES));
  return command.action(async () => {
    await serve(configOf(command), command.opts<FirstNames>());
  });
}

async function serve(config: Config, names: FirstNames): Promise<void> {
  const log = createLog(config.logLevel);
  // The server's many modules are read while the writer's thread reads its own.
  const [installation, { startServer }] = await Promise.all([
    openInstallation(config, log),
    import('../server.js'),
  ]);
  try {
    const first = await makeFirstOrganization(installation, config.dataFolder, names);
    const server = await startServer(installation, config, log);
    stopOnSignal(server, installation, config, log);
    log.info({ url: server.url, metricsUrl: server.metricsUrl }, 'ready');
    greet(server, config, first);
  } catch (error) {
    await installation.close();
    throw error;
  }
}

function greet({ url }: Server, { development }: Config, first: boolean): void {
  console.log(`Palisade answers at ${url}/graphql`);
  if (development) console.log(`GraphiQL is at ${url}/`);
  if (!first) return;
  console.log('');
  console.log('Ask it something:');
  console.log('');
  console.log(`  curl -s ${url}/graphql \\`);
  console.log("    -H 'content-type: application/json' \\");
  console.log('    -H "authorization: Bearer $PALISADE_TOKEN" \\');
  console.log(`    -d '{"query":"{ viewer { member { name role } } }"}'`);
}

function stopOnSignal(
  server: Server,
  installation: Installation,
  config: Config,
  log: Logger,
): void {
  let stopping = false;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.error('requests were still open at the deadline');
      process.exit(FAILED);
    }, config.drainDelayMs + config.shutdownMs).unref();
    try {
      await server.drain();
      await installation.close();
      log.info('stopped');
      process.exit();
    } catch (err) {
      log.fatal({ err }, 'the stop failed');
      process.exit(FAILED);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void stop(signal));
  }
}
