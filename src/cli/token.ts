import { Command } from 'commander';
import type { Config } from '../config/config';
import { createLog } from '../config/log';
import type { AdminChoice, HostTasks } from '../http/host-tasks';
import { tasksOfServer } from './control-client';
import { requireInstalled } from './data-folder';
import { tasksOn } from './host-tasks';
import { isLocked, openInstallation, type Installation } from './installation';
import { addSettings, configOf } from './settings-options';

/** `palisade token`: what only whoever holds the host can make. */
export function tokenCommand(): Command {
  const token = new Command('token').description(
    'Make tokens on the host, beside a running server or without one.',
  );
  const admin = new Command('admin')
    .description('Make an API token for an ADMIN who lost theirs. The organization records it.')
    .option('--organization <slug>', 'its organization, if there are several')
    .option('--member <id>', 'which ADMIN, if there are several');
  const installation = new Command('installation').description(
    "Make the installation's own token, which creates organizations; the one before ends.",
  );
  token.addCommand(
    addSettings(admin, ['dataFolder']).action(async () => {
      const { organization, member } = admin.opts<AdminChoice>();
      const made = await onHost(configOf(admin), (tasks) =>
        tasks.adminToken({ organization, member }),
      );
      console.log(`An API token for ${made.userId} of ${made.organizationId} (${made.tokenId}).`);
      show(made.token);
    }),
  );
  token.addCommand(
    addSettings(installation, ['dataFolder']).action(async () => {
      const made = await onHost(configOf(installation), (tasks) => tasks.installationToken());
      console.log("The installation's own token.");
      show(made.token);
    }),
  );
  return token;
}

function show(token: string): void {
  console.log('It is shown only now:');
  console.log('');
  console.log(`  ${token}`);
}

/** Has the running server do it; without one, does it here. */
async function onHost<T>(config: Config, task: (tasks: HostTasks) => Promise<T>): Promise<T> {
  requireInstalled(config.dataFolder);
  let installation: Installation;
  try {
    installation = await openInstallation(config, createLog('error'));
  } catch (error) {
    if (isLocked(error)) return task(tasksOfServer(config.dataFolder));
    throw error;
  }
  try {
    return await task(tasksOn(installation));
  } finally {
    await installation.close();
  }
}
