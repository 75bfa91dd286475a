import { resolve } from 'node:path';
import { addressRangeFault } from '../domain/address-range';
import { LOG_LEVELS, type LogLevel } from './config';

/** What reading one value gives: the value, or what it must be. */
export type Reading<T> = { readonly value: T } | { readonly fault: string };

/** Reads a value of the file (any JSON) or of the environment and the command line (text). */
export type Reader<T> = (raw: unknown) => Reading<T>;

const good = <T>(value: T): Reading<T> => ({ value });
const bad = (fault: string): { readonly fault: string } => ({ fault });

/** A whole number between the two; as text in decimal digits only. */
export const integer =
  (min: number, max: number): Reader<number> =>
  (raw) => {
    const value = typeof raw === 'string' && /^\d{1,15}$/u.test(raw) ? Number(raw) : raw;
    return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
      ? good(value)
      : bad(`must be a whole number from ${min} to ${max}`);
  };

export const boolean: Reader<boolean> = (raw) => {
  if (raw === true || raw === 'true' || raw === '1') return good(true);
  if (raw === false || raw === 'false' || raw === '0') return good(false);
  return bad('must be true or false');
};

/** A path, made absolute from where the program was started. */
export const path: Reader<string> = (raw) =>
  typeof raw === 'string' && raw !== '' && !raw.includes('\0')
    ? good(resolve(raw))
    : bad('must be a path');

/** A host name or an address to listen on. */
export const host: Reader<string> = (raw) =>
  typeof raw === 'string' && /^[0-9A-Za-z.:-]{1,253}$/u.test(raw)
    ? good(raw)
    : bad('must be a host name or an address');

export const logLevel: Reader<LogLevel> = (raw) => {
  const level = LOG_LEVELS.find((name) => name === raw);
  return level === undefined ? bad(`must be one of ${LOG_LEVELS.join(', ')}`) : good(level);
};

/** An http or https URL that others reach the server by; null where nothing is given. */
export const publicUrl: Reader<string | null> = (raw) => {
  if (raw === null || raw === '') return good(null);
  const url = typeof raw === 'string' && URL.canParse(raw) ? new URL(raw) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    return bad('must be an http or https URL');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return bad('must have no credentials, no query and no fragment');
  }
  return good(url.href.replace(/\/+$/u, ''));
};

/** Address ranges: a JSON array, or text with commas between them. */
export const addressRanges: Reader<readonly string[]> = (raw) => {
  const list: unknown = typeof raw === 'string' ? raw.split(',').filter(Boolean) : raw;
  if (!Array.isArray(list) || list.length > 64) return bad('must be a list of up to 64 ranges');
  const ranges: string[] = [];
  for (const item of list as readonly unknown[]) {
    const range = typeof item === 'string' ? item.trim() : '';
    const fault = addressRangeFault(range);
    if (fault !== null) return bad(`each range ${fault}`);
    ranges.push(range);
  }
  return good(Object.freeze(ranges));
};
