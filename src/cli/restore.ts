import { existsSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Connection } from '../ledger/sqlite/connection';
import { lockFolder } from '../ledger/sqlite/lock';
import { openLedgerFile } from '../ledger/sqlite/open';
import { SqliteLedgerReader } from '../ledger/sqlite/reader';
import { verifyLedgers } from '../ledger/sqlite/verify';
import { LEDGER_KINDS } from '../ledger/types';
import { viewsPath } from '../views/files';
import { copyShown, requireEmpty } from './backup';
import { currentViewsNumber } from './current-views';
import { ledgerPath, MIGRATIONS, prepareFolder, requireInstalled } from './data-folder';
import { showProgress } from './progress';
import { addSettings, configOf } from './settings-options';

/** `palisade restore`: a backup becomes a data folder, once all of it is proven to be whole. */
export function restoreCommand(): Command {
  const command = new Command('restore')
    .description('Make a data folder of a backup, after checking every event in it.')
    .argument('<folder>', 'the backup');
  return addSettings(command, ['dataFolder']).action(async (source: string) => {
    const { dataFolder } = configOf(command);
    const from = resolve(source);
    requireInstalled(from);
    requireEmpty(dataFolder);
    await restore(from, dataFolder);
  });
}

async function restore(source: string, folder: string): Promise<void> {
  prepareFolder(folder);
  const unlock = lockFolder(folder);
  // Only under its own name is it a ledger to anybody: a restore that was cut off leaves none.
  const unchecked = `${ledgerPath(folder)}.unchecked`;
  try {
    await copyShown(ledgerPath(source), unchecked, 'Copying the ledger');
    const state = checkLedger(unchecked);
    const views = viewsPath(source, state.viewsNumber);
    if (existsSync(views)) {
      await copyShown(views, viewsPath(folder, state.viewsNumber), 'Copying the views');
    }
    renameSync(unchecked, ledgerPath(folder));
    const { events, organizations } = state;
    console.log(`Restored ${events} events; organizations: ${organizations}.`);
    console.log(`The last one was recorded at ${state.lastRecordedAt}.`);
    console.log('What was revoked after that, API tokens included, is valid again.');
  } finally {
    rmSync(unchecked, { force: true });
    unlock();
  }
}

interface RestoredState {
  readonly viewsNumber: number;
  readonly organizations: number;
  readonly events: number;
  readonly lastRecordedAt: string;
}

function checkLedger(path: string): RestoredState {
  const file = openLedgerFile(path, { migrations: MIGRATIONS, readOnly: true });
  try {
    verifyLedgers(file, showProgress('Checking the ledger'));
    return stateOf(file);
  } finally {
    file.close();
  }
}

function stateOf(file: Connection): RestoredState {
  const ledger = new SqliteLedgerReader(file);
  const organizations = ledger.organizations();
  const heads = organizations.flatMap(({ number }) =>
    LEDGER_KINDS.map((kind) => ledger.head({ organization: number, kind })),
  );
  const last = Math.max(0, ...heads.map(({ recordedAt }) => recordedAt));
  return {
    viewsNumber: currentViewsNumber(file),
    organizations: organizations.length,
    events: heads.reduce((sum, { position }) => sum + position, 0),
    lastRecordedAt: new Date(last).toISOString(),
  };
}
