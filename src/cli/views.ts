import { Command } from 'commander';
import type { Config } from '../config/config';
import { lockFolder } from '../ledger/sqlite/lock';
import { openLedgerFile } from '../ledger/sqlite/open';
import { checkViews } from './check-views';
import { tasksOfServer } from './control-client';
import { rebuild, useViews } from './current-views';
import { ledgerPath, MIGRATIONS, requireInstalled } from './data-folder';
import { Failure } from './failure';
import { isLocked } from './installation';
import { addSettings, configOf } from './settings-options';

/** `palisade views`: the read models, which can be made again from the ledger at any time. */
export function viewsCommand(): Command {
  const views = new Command('views').description('Check the views, or make them again.');
  const rebuilding = new Command('rebuild').description(
    'Make the views again from the ledgers, beside a running server or without one, and go over to them.',
  );
  const checking = new Command('check').description(
    'Make the views again in a temporary file and tell whether those in use are the same.',
  );
  views.addCommand(
    addSettings(rebuilding, ['dataFolder']).action(() => rebuildAndAdopt(configOf(rebuilding))),
  );
  views.addCommand(
    addSettings(checking, ['dataFolder']).action(() => {
      check(configOf(checking));
    }),
  );
  return views;
}

async function rebuildAndAdopt({ dataFolder }: Config): Promise<void> {
  requireInstalled(dataFolder);
  const ledgerFile = openLedgerFile(ledgerPath(dataFolder), {
    migrations: MIGRATIONS,
    readOnly: true,
  });
  let viewsNumber: number;
  try {
    viewsNumber = rebuild(dataFolder, ledgerFile);
  } finally {
    ledgerFile.close();
  }
  await adopt(dataFolder, viewsNumber);
  console.log(`The views are in views-${viewsNumber}.db now.`);
}

async function adopt(folder: string, viewsNumber: number): Promise<void> {
  let unlock: () => void;
  try {
    unlock = lockFolder(folder);
  } catch (error) {
    if (!isLocked(error)) throw error;
    await tasksOfServer(folder).adoptViews({ viewsNumber });
    return;
  }
  try {
    useViews(folder, viewsNumber);
  } finally {
    unlock();
  }
}

function check({ dataFolder }: Config): void {
  requireInstalled(dataFolder);
  const different = checkViews(dataFolder);
  if (different.length > 0) {
    throw new Failure(
      `The views differ from the ledgers in ${different.join(', ')}. "palisade views rebuild" makes them again.`,
    );
  }
  console.log('The views are what the ledgers make of them.');
}
