import { Command } from 'commander';
import { SETTING_NAMES } from '../config/settings';
import { addSettings, configOf } from './settings-options';

/** `palisade config`: what the server would run with. */
export function configCommand(): Command {
  const config = new Command('config').description('The settings.');
  const print = new Command('print').description(
    'Check all settings and print them as JSON, which --config takes. None of them is a secret.',
  );
  config.addCommand(
    addSettings(print, SETTING_NAMES).action(() => {
      console.log(JSON.stringify(configOf(print), null, 2));
    }),
  );
  return config;
}
