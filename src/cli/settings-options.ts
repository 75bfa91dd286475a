import { Option, type Command } from 'commander';
import type { Config, SettingName } from '../config/config';
import { FILE_VARIABLE, loadConfig, type Sources } from '../config/load';
import { SETTING_NAMES, SETTINGS } from '../config/settings';

/** Gives a command the flags of these settings, and `--config`. */
export function addSettings(command: Command, names: readonly SettingName[]): Command {
  for (const name of names) {
    const { flag, description, environment, byDefault } = SETTINGS[name];
    const scalar = typeof byDefault === 'string' || typeof byDefault === 'number';
    const shown = scalar ? `, by default ${byDefault}` : '';
    command.addOption(new Option(flag, `${description} (${environment}${shown})`));
  }
  return command.option('--config <file>', `a JSON file of settings (${FILE_VARIABLE})`);
}

/** The configuration that a command was started with. Throws ConfigError. */
export function configOf(command: Command): Config {
  const given = command.opts<Sources['flags'] & { config?: string }>();
  const flags: Sources['flags'] = Object.fromEntries(
    SETTING_NAMES.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])),
  );
  return loadConfig(flags, given.config);
}
