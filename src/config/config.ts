export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Every setting of the program, validated and frozen. `settings.ts` tells what each means. */
export interface Config {
  /** An absolute path. */
  readonly dataFolder: string;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Without a slash at its end; null: as the server listens. */
  readonly publicUrl: string | null;
  readonly development: boolean;
  readonly allowPlainHttp: boolean;
  readonly tlsTerminatedElsewhere: boolean;
  /** Address ranges in CIDR notation. */
  readonly trustedProxies: readonly string[];
  readonly logLevel: LogLevel;
  readonly metricsHost: string;
  readonly metricsPort: number;
  readonly bodyBytesMax: number;
  readonly commandsWaitingMax: number;
  readonly commandsWaitingPerCallerMax: number;
  readonly questionDeadlineMs: number;
  readonly questionsWaitingMax: number;
  readonly questionsWaitingPerCallerMax: number;
  readonly registrationsPerMinuteMax: number;
  readonly failedRegistrationsPerMinuteMax: number;
  readonly failedRegistrationsPerKeyPerMinuteMax: number;
  readonly failedAuthenticationsPerMinuteMax: number;
  readonly sightingsFlushMs: number;
  readonly refusalsFlushMs: number;
  readonly drainDelayMs: number;
  readonly shutdownMs: number;
}

export type SettingName = keyof Config;

/** Thrown when the settings do not make a valid Config; each fault is one line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}
