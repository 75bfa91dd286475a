import { Command } from 'commander';
import { createLog } from '../config/log';
import { isInstalled } from './data-folder';
import { Failure } from './failure';
import { addFirstNames, makeFirstOrganization, type FirstNames } from './first-organization';
import { openInstallation } from './installation';
import { addSettings, configOf } from './settings-options';

/** `palisade init`: what the first start does, without a server. */
export function initCommand(): Command {
  const command = new Command('init').description(
    'Make the data folder, an organization and its ADMIN, and tell the API token of that one.',
  );
  return addFirstNames(addSettings(command, ['dataFolder'])).action(async () => {
    const config = configOf(command);
    const before = isInstalled(config.dataFolder);
    const installation = await openInstallation(config, createLog('error'));
    try {
      const made = await makeFirstOrganization(
        installation,
        config.dataFolder,
        command.opts<FirstNames>(),
      );
      if (!made) throw new Failure(`There is an organization in ${config.dataFolder} already.`);
      console.log(`${before ? 'Completed' : 'Made'} the data folder ${config.dataFolder}.`);
    } finally {
      await installation.close();
    }
  });
}
