import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure';

/** The folder of this program's migrations, as the package ships it. */
export const MIGRATIONS = join(__dirname, '..', '..', 'migrations');

/** Where the explorer page was built. */
export const EXPLORER = join(__dirname, '..', 'explorer');

export const ledgerPath = (folder: string): string => join(folder, 'ledger.db');
export const socketPath = (folder: string): string => join(folder, 'control.sock');

/** True if an installation lives in the folder. */
export const isInstalled = (folder: string): boolean => existsSync(ledgerPath(folder));

/**
 * Makes the folder if it is not there, for its owner only. Refuses one that others can read or
 * write: it holds everything.
 */
export function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch {
    throw new Failure(`The data folder ${folder} cannot be made.`);
  }
  const { mode } = statSync(folder);
  if ((mode & 0o077) !== 0) {
    throw new Failure(
      `Others may reach the data folder ${folder}. Run: chmod 700 ${JSON.stringify(folder)}`,
    );
  }
}

/** Throws unless an installation lives in the folder. */
export function requireInstalled(folder: string): void {
  if (!isInstalled(folder)) {
    throw new Failure(`There is no ledger in ${folder}. "palisade serve" makes one.`);
  }
}
