import { existsSync } from 'node:fs';
import type { Connection } from '../ledger/sqlite/connection';
import { openLedgerFile } from '../ledger/sqlite/open';
import { SqliteLedgerReader } from '../ledger/sqlite/reader';
import { sqliteSharedState } from '../ledger/sqlite/shared-state';
import { openGate } from '../ledger/sqlite/transaction';
import { removeOtherViews, viewsPath } from '../views/files';
import { openViewsFile, ViewsOutdated } from '../views/open';
import { rebuildViews } from '../views/rebuild';
import { ledgerPath, MIGRATIONS } from './data-folder';
import { showProgress } from './progress';

/** The number of the views in use, as the ledger's file names it. */
export function currentViewsNumber(ledgerFile: Connection): number {
  return Number(sqliteSharedState(ledgerFile, openGate).settings.get('VIEWS_NUMBER') ?? 1);
}

/** Rebuilds the views from the ledger's first event on, showing how far it is. Their number. */
export function rebuild(folder: string, ledgerFile: Connection): number {
  const show = showProgress('Rebuilding the views');
  return rebuildViews(new SqliteLedgerReader(ledgerFile), {
    folder,
    migrations: MIGRATIONS,
    current: currentViewsNumber(ledgerFile),
    onProgress: ({ done, total }) => {
      show(done, total);
    },
  });
}

/** Has the next start use these views. Whoever calls holds the folder's lock. */
export function useViews(folder: string, viewsNumber: number): void {
  const ledgerFile = openLedgerFile(ledgerPath(folder), { migrations: MIGRATIONS });
  try {
    sqliteSharedState(ledgerFile, openGate).settings.set('VIEWS_NUMBER', String(viewsNumber));
  } finally {
    ledgerFile.close();
  }
  removeOtherViews(folder, viewsNumber);
}

/**
 * Rebuilds views that another version of this program made: they are disposable, so an upgrade asks
 * nobody to. Whoever calls holds the folder's lock.
 */
export function renewOutdatedViews(folder: string): void {
  if (!existsSync(ledgerPath(folder))) return;
  const ledgerFile = openLedgerFile(ledgerPath(folder), { migrations: MIGRATIONS });
  let renewed: number | undefined;
  try {
    const path = viewsPath(folder, currentViewsNumber(ledgerFile));
    if (existsSync(path) && isOutdated(path)) renewed = rebuild(folder, ledgerFile);
  } finally {
    ledgerFile.close();
  }
  if (renewed !== undefined) useViews(folder, renewed);
}

function isOutdated(path: string): boolean {
  try {
    openViewsFile(path, { migrations: MIGRATIONS, readOnly: true }).close();
    return false;
  } catch (error) {
    if (error instanceof ViewsOutdated) return true;
    throw error;
  }
}
