import type { Config, SettingName } from './config';
import {
  addressRanges,
  boolean,
  host,
  integer,
  logLevel,
  path,
  publicUrl,
  type Reader,
} from './readers';

/** One setting: how it is given, what it means, and what holds when it is not given. */
export interface Setting<T> {
  readonly environment: `PALISADE_${string}`;
  /** As the command line writes it; `<…>` for settings that take a value. */
  readonly flag: `--${string}`;
  readonly description: string;
  readonly byDefault: T;
  readonly read: Reader<T>;
}

const MINUTE_MS = 60_000;
const port = integer(0, 65_535);
const count = integer(1, 1_000_000);

/** Every setting there is. None of them is a secret. */
export const SETTINGS: { readonly [N in SettingName]: Setting<Config[N]> } = {
  dataFolder: {
    environment: 'PALISADE_DATA_FOLDER',
    flag: '--data-folder <path>',
    description: 'the folder of the database files',
    byDefault: 'data',
    read: path,
  },
  host: {
    environment: 'PALISADE_HOST',
    flag: '--host <address>',
    description: 'the address to listen on',
    byDefault: '127.0.0.1',
    read: host,
  },
  port: {
    environment: 'PALISADE_PORT',
    flag: '--port <number>',
    description: 'the port to listen on; 0 for any free one',
    byDefault: 4000,
    read: port,
  },
  publicUrl: {
    environment: 'PALISADE_PUBLIC_URL',
    flag: '--public-url <url>',
    description:
      'the URL that agents reach the server by: what they sign must name it; by default as it listens',
    byDefault: null,
    read: publicUrl,
  },
  development: {
    environment: 'PALISADE_DEVELOPMENT',
    flag: '--development',
    description: 'serve GraphiQL on / and let anyone ask for the schema',
    byDefault: false,
    read: boolean,
  },
  allowPlainHttp: {
    environment: 'PALISADE_ALLOW_PLAIN_HTTP',
    flag: '--allow-plain-http',
    description:
      'listen on an address that is not loopback, where tokens could be read on the wire',
    byDefault: false,
    read: boolean,
  },
  tlsTerminatedElsewhere: {
    environment: 'PALISADE_TLS_TERMINATED_ELSEWHERE',
    flag: '--tls-terminated-elsewhere',
    description: 'confirm --allow-plain-http: something in front of the server speaks TLS',
    byDefault: false,
    read: boolean,
  },
  trustedProxies: {
    environment: 'PALISADE_TRUSTED_PROXIES',
    flag: '--trusted-proxies <ranges>',
    description:
      'address ranges (CIDR, with commas between) whose X-Forwarded-For is believed; by default none',
    byDefault: [],
    read: addressRanges,
  },
  logLevel: {
    environment: 'PALISADE_LOG_LEVEL',
    flag: '--log-level <level>',
    description: 'the least level that is logged: trace, debug, info, warn, error, fatal or silent',
    byDefault: 'info',
    read: logLevel,
  },
  metricsHost: {
    environment: 'PALISADE_METRICS_HOST',
    flag: '--metrics-host <address>',
    description: 'the address that /metrics is served on, to anyone who reaches it',
    byDefault: '127.0.0.1',
    read: host,
  },
  metricsPort: {
    environment: 'PALISADE_METRICS_PORT',
    flag: '--metrics-port <number>',
    description: 'the port that /metrics is served on; 0 for any free one',
    byDefault: 4001,
    read: port,
  },
  bodyBytesMax: {
    environment: 'PALISADE_BODY_BYTES_MAX',
    flag: '--body-bytes-max <number>',
    description: 'the longest request body, in bytes',
    byDefault: 1_000_000,
    read: integer(1000, 10_000_000),
  },
  commandsWaitingMax: {
    environment: 'PALISADE_COMMANDS_WAITING_MAX',
    flag: '--commands-waiting-max <number>',
    description:
      'how many mutations may wait for the writer; an organization leaves as much room as it takes',
    byDefault: 4096,
    read: count,
  },
  commandsWaitingPerCallerMax: {
    environment: 'PALISADE_COMMANDS_WAITING_PER_CALLER_MAX',
    flag: '--commands-waiting-per-caller-max <number>',
    description: 'how many of them may be of one caller',
    byDefault: 512,
    read: count,
  },
  questionDeadlineMs: {
    environment: 'PALISADE_QUESTION_DEADLINE_MS',
    flag: '--question-deadline-ms <number>',
    description: 'how long a long question may wait for the reader, and how long it may then take',
    byDefault: 10_000,
    read: integer(100, 10 * MINUTE_MS),
  },
  questionsWaitingMax: {
    environment: 'PALISADE_QUESTIONS_WAITING_MAX',
    flag: '--questions-waiting-max <number>',
    description:
      'how many long questions may wait for the reader; an organization leaves as much room as it takes',
    byDefault: 256,
    read: count,
  },
  questionsWaitingPerCallerMax: {
    environment: 'PALISADE_QUESTIONS_WAITING_PER_CALLER_MAX',
    flag: '--questions-waiting-per-caller-max <number>',
    description: 'how many of them may be of one caller',
    byDefault: 32,
    read: count,
  },
  registrationsPerMinuteMax: {
    environment: 'PALISADE_REGISTRATIONS_PER_MINUTE_MAX',
    flag: '--registrations-per-minute-max <number>',
    description:
      'how often agents may try to register from one address, good ones included; each attempt may cost the verification of a signature',
    byDefault: 6000,
    read: count,
  },
  failedRegistrationsPerMinuteMax: {
    environment: 'PALISADE_FAILED_REGISTRATIONS_PER_MINUTE_MAX',
    flag: '--failed-registrations-per-minute-max <number>',
    description:
      'how many of these may fail before only keys that registered well from there in the last hour are let on',
    byDefault: 60,
    read: count,
  },
  failedRegistrationsPerKeyPerMinuteMax: {
    environment: 'PALISADE_FAILED_REGISTRATIONS_PER_KEY_PER_MINUTE_MAX',
    flag: '--failed-registrations-per-key-per-minute-max <number>',
    description: 'how many of these may fail for one claimed key, before that one is held up',
    byDefault: 10,
    read: count,
  },
  failedAuthenticationsPerMinuteMax: {
    environment: 'PALISADE_FAILED_AUTHENTICATIONS_PER_MINUTE_MAX',
    flag: '--failed-authentications-per-minute-max <number>',
    description: 'how many bad credentials from one address are answered with 401 rather than 429',
    byDefault: 60,
    read: count,
  },
  sightingsFlushMs: {
    environment: 'PALISADE_SIGHTINGS_FLUSH_MS',
    flag: '--sightings-flush-ms <number>',
    description: 'how often the last-seen times of agents and API tokens are written',
    byDefault: 15_000,
    read: integer(100, 10 * MINUTE_MS),
  },
  refusalsFlushMs: {
    environment: 'PALISADE_REFUSALS_FLUSH_MS',
    flag: '--refusals-flush-ms <number>',
    description: 'how often counted refusals are written to the activity ledger',
    byDefault: MINUTE_MS,
    read: integer(100, 60 * MINUTE_MS),
  },
  drainDelayMs: {
    environment: 'PALISADE_DRAIN_DELAY_MS',
    flag: '--drain-delay-ms <number>',
    description: 'how long a stopping server still accepts requests, while /readyz says 503',
    byDefault: 0,
    read: integer(0, 10 * MINUTE_MS),
  },
  shutdownMs: {
    environment: 'PALISADE_SHUTDOWN_MS',
    flag: '--shutdown-ms <number>',
    description: 'how long open requests may take after that before the process gives up on them',
    byDefault: 10_000,
    read: integer(100, 10 * MINUTE_MS),
  },
};

/** The names of all settings, in the order in which they are told. */
export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];
