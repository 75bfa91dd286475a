import { runCommand, startServer, type ServerProcess } from '../../server-process';
import { Api } from '../api';
import { Contents } from './contents';
import { Tenant } from './tenant';

/** A running server, the right to create organizations on it, and what its files hold. */
export interface Installation {
  readonly server: ServerProcess;
  readonly api: Api;
  readonly contents: Contents;
  /** An organization that is not the one under test. */
  readonly foreign: Tenant;
  readonly foreignAgent: Api;
  readonly stop: () => Promise<void>;
}

const HOUR_MS = 3_600_000;

/** Starts one. What the server writes by itself, now and then, is put off until after the test. */
export async function startInstallation(): Promise<Installation> {
  const server = await startServer({
    env: {
      PALISADE_REFUSALS_FLUSH_MS: String(HOUR_MS),
      PALISADE_SIGHTINGS_FLUSH_MS: String(HOUR_MS / 6),
      PALISADE_REGISTRATIONS_PER_MINUTE_MAX: '1000000',
      PALISADE_FAILED_REGISTRATIONS_PER_MINUTE_MAX: '1000000',
      PALISADE_FAILED_REGISTRATIONS_PER_KEY_PER_MINUTE_MAX: '1000000',
      PALISADE_FAILED_AUTHENTICATIONS_PER_MINUTE_MAX: '1000000',
      PALISADE_LOG_LEVEL: 'info',
    },
  });
  const { stdout } = await runCommand(['token', 'installation', '--data-folder', server.folder]);
  const [token = null] = /\bplsi_[0-9A-Za-z]{49}\b/u.exec(stdout) ?? [];
  const api = new Api(server.url, token);
  const foreign = await Tenant.create(api);
  const contents = new Contents(server.folder);
  return {
    server,
    api,
    contents,
    foreign,
    foreignAgent: await foreign.agent(),
    stop: async () => {
      contents.close();
      await server.stop();
    },
  };
}
