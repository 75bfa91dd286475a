import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { AddressRanges } from '../domain/address';
import { TOKEN_VARIABLE } from './client';
import { ConfigError, type Config, type SettingName } from './config';
import { SETTING_NAMES, SETTINGS } from './settings';

/** The variable and the flag that name the file. */
export const FILE_VARIABLE = 'PALISADE_CONFIG';

/** Ours, but no settings: the file's name, and the token of whoever runs clients in the same shell. */
const NO_SETTINGS: ReadonlySet<string> = new Set([FILE_VARIABLE, TOKEN_VARIABLE]);

/** Where settings come from. Each one overrules those before it: file, environment, flags. */
export interface Sources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What the command line gave, by the setting's name. */
  readonly flags: Readonly<Partial<Record<SettingName, string | boolean>>>;
  /** The path that `--config` gave; otherwise PALISADE_CONFIG names the file. */
  readonly file?: string | undefined;
}

/** What was given for one setting, and how to name its place to whoever gave it. */
interface Given {
  readonly place: string;
  readonly raw: unknown;
}

const LOOPBACK = new AddressRanges(['127.0.0.0/8', '::1/128']);

/** True if only this machine reaches what listens there. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || (isIP(host) !== 0 && LOOPBACK.contains(host));
}

/** Loads the process's settings: its environment, and the flags that the command line read. */
export function loadConfig(flags: Sources['flags'], file?: string): Config {
  return readConfig({ environment: process.env, flags, file });
}

/** Makes one Config of all sources. Throws ConfigError with every fault that it finds. */
export function readConfig({ environment, flags, file }: Sources): Config {
  const faults: string[] = [];
  const given = [
    ...defaults(environment['NODE_ENV'] === 'development'),
    ...fromFile(file ?? environment[FILE_VARIABLE], faults),
    ...fromEnvironment(environment, faults),
    ...fromFlags(flags),
  ];
  // Every setting has a default, so that none is left unset.
  const draft = {} as Draft;
  for (const [name, { place, raw }] of given) {
    const fault = set(draft, name, raw);
    if (fault !== null) faults.push(`${place} ${fault}.`);
  }
  faults.push(...faultsBetween(draft));
  if (faults.length > 0) throw new ConfigError(faults);
  return Object.freeze(draft);
}

type Draft = { -readonly [N in SettingName]: Config[N] };

function set<N extends SettingName>(draft: Pick<Draft, N>, name: N, raw: unknown): string | null {
  const reading = SETTINGS[name].read(raw);
  if ('fault' in reading) return reading.fault;
  draft[name] = reading.value;
  return null;
}

function defaults(development: boolean): [SettingName, Given][] {
  return SETTING_NAMES.map((name) => {
    const raw = name === 'development' ? development : SETTINGS[name].byDefault;
    return [name, { place: name, raw }];
  });
}

function fromFile(path: string | undefined, faults: string[]): [SettingName, Given][] {
  if (path === undefined || path === '') return [];
  const settings = readObject(path, faults);
  return Object.entries(settings).flatMap(([name, raw]): [SettingName, Given][] => {
    const known = SETTING_NAMES.find((setting) => setting === name);
    if (known !== undefined) return [[known, { place: `${name} in ${path}`, raw }]];
    faults.push(`${path} has an unknown setting, ${JSON.stringify(name)}.`);
    return [];
  });
}

function readObject(path: string, faults: string[]): object {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content;
    faults.push(`${path} must hold a JSON object.`);
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    faults.push(`${path} ${reason}.`);
  }
  return {};
}

function fromEnvironment(
  environment: Sources['environment'],
  faults: string[],
): [SettingName, Given][] {
  const names = new Map(SETTING_NAMES.map((name) => [SETTINGS[name].environment as string, name]));
  return Object.entries(environment).flatMap(([variable, raw]): [SettingName, Given][] => {
    if (!variable.startsWith('PALISADE_') || NO_SETTINGS.has(variable)) return [];
    const name = names.get(variable);
    if (name !== undefined) return [[name, { place: variable, raw }]];
    faults.push(`${variable} is not a setting.`);
    return [];
  });
}

function fromFlags(flags: Sources['flags']): [SettingName, Given][] {
  return SETTING_NAMES.flatMap((name): [SettingName, Given][] => {
    const raw = flags[name];
    const place = SETTINGS[name].flag.split(' ')[0] ?? name;
    return raw === undefined ? [] : [[name, { place, raw }]];
  });
}

function faultsBetween(config: Config): readonly string[] {
  const faults: string[] = [];
  const open = [config.host, config.metricsHost].filter((host) => !isLoopback(host));
  if (open.length > 0 && !(config.allowPlainHttp && config.tlsTerminatedElsewhere)) {
    faults.push(
      `Plain HTTP on ${open.join(' and ')} would show tokens to the network. If TLS is terminated in front of the server, say so twice: --allow-plain-http and --tls-terminated-elsewhere.`,
    );
  }
  if (config.commandsWaitingPerCallerMax > config.commandsWaitingMax) {
    faults.push('--commands-waiting-per-caller-max must not exceed --commands-waiting-max.');
  }
  if (config.questionsWaitingPerCallerMax > config.questionsWaitingMax) {
    faults.push('--questions-waiting-per-caller-max must not exceed --questions-waiting-max.');
  }
  return faults;
}
