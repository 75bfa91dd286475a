import { destination, pino, type Logger } from 'pino';
import type { LogLevel } from './config';

const STDERR = 2;
/** Our own tokens, and anything signed: should one ever come near a line, it is not written. */
const SECRETS = /\b(plsd_|agts_|plsi_|eyJ)[\w.-]{8,}/gu;

/**
 * The process's log: JSON lines on the standard error, so that the standard output is for people.
 * Each line is written before the call returns: what was logged survives a crash.
 */
export function createLog(level: LogLevel): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: withoutSecrets },
    },
    destination({ fd: STDERR, sync: true }),
  );
}

/** A line of the log with every token in it cut short. */
export function withoutSecrets(line: string): string {
  return line.replaceAll(SECRETS, '$1[redacted]');
}
