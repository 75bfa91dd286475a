import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { backupFile } from '../ledger/sqlite/backup';
import { openLedgerFile } from '../ledger/sqlite/open';
import { checkHeads } from '../ledger/sqlite/verify';
import { viewsPath } from '../views/files';
import { currentViewsNumber } from './current-views';
import { ledgerPath, MIGRATIONS, requireInstalled } from './data-folder';
import { Failure } from './failure';
import { showProgress } from './progress';
import { addSettings, configOf } from './settings-options';

/** `palisade backup`: a consistent copy of both files, beside a running server or without one. */
export function backupCommand(): Command {
  const command = new Command('backup')
    .description(
      'Copy the ledger and its views while the server runs. What "palisade restore" takes.',
    )
    .argument('<folder>', 'where to; it must not exist, or be empty');
  return addSettings(command, ['dataFolder']).action(async (target: string) => {
    const { dataFolder } = configOf(command);
    requireInstalled(dataFolder);
    await backup(dataFolder, resolve(target));
    console.log(`The backup is in ${resolve(target)}.`);
  });
}

async function backup(folder: string, target: string): Promise<void> {
  requireEmpty(target);
  mkdirSync(target, { recursive: true, mode: 0o700 });
  try {
    let copied: number | undefined;
    // Should the server go over to other views meanwhile, the copied ledger names those instead.
    for (let named = viewsNumberOf(folder); named !== copied; named = viewsNumberOf(target)) {
      if (copied !== undefined) rmSync(viewsPath(target, copied));
      // Views first: those that lag behind their ledger catch up, those ahead of it are refused.
      const views = viewsPath(folder, named);
      if (existsSync(views)) {
        await copyShown(views, viewsPath(target, named), 'Copying the views');
      }
      await copyShown(ledgerPath(folder), ledgerPath(target), 'Copying the ledger');
      copied = named;
    }
    checkCopy(target);
  } catch (error) {
    for (const name of readdirSync(target)) rmSync(resolve(target, name));
    throw error;
  }
}

/** Copies a database file as `backupFile` does, and shows how far it is. */
export async function copyShown(source: string, target: string, what: string): Promise<void> {
  const show = showProgress(what);
  let pages = 1;
  await backupFile(source, target, (done, total) => {
    pages = total;
    show(done, total);
  });
  show(pages, pages);
}

/** Throws unless the folder is not there, or empty. */
export function requireEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new Failure(`${folder} is not empty.`);
  }
}

function viewsNumberOf(folder: string): number {
  const file = openLedgerFile(ledgerPath(folder), { migrations: MIGRATIONS, readOnly: true });
  try {
    return currentViewsNumber(file);
  } finally {
    file.close();
  }
}

function checkCopy(target: string): void {
  const file = openLedgerFile(ledgerPath(target), { migrations: MIGRATIONS, readOnly: true });
  try {
    checkHeads(file);
  } finally {
    file.close();
  }
}
