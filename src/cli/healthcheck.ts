import { isIPv6 } from 'node:net';
import { Command } from 'commander';
import type { Config } from '../config/config';
import { Failure } from './failure';
import { addSettings, configOf } from './settings-options';

const TIMEOUT_MS = 5000;
/** What listens on every address listens on loopback too. */
const LOOPBACK: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** `palisade healthcheck`: for containers and supervisors, which read the exit code. */
export function healthcheckCommand(): Command {
  const command = new Command('healthcheck')
    .description('Ask the server on this host how it is; exit with 0 if well.')
    .option('--ready', 'whether it is ready for requests, rather than alive');
  return addSettings(command, ['host', 'port', 'allowPlainHttp', 'tlsTerminatedElsewhere']).action(
    async () => {
      const { ready = false } = command.opts<{ ready?: boolean }>();
      console.log(await ask(configOf(command), ready ? '/readyz' : '/healthz'));
    },
  );
}

async function ask({ host, port }: Config, path: string): Promise<string> {
  const address = LOOPBACK[host] ?? host;
  const authority = isIPv6(address) ? `[${address}]` : address;
  const url = `http://${authority}:${port}${path}`;
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch {
    throw new Failure(`No answer from ${url}.`);
  }
  const body = await response.text();
  if (!response.ok) throw new Failure(`${url} answered ${response.status}: ${body}`);
  return body;
}
