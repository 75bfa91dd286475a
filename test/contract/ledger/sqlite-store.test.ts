import { makeFolder, openLedger, removeFolder } from '../../support/ledger/ledger-folder';
import { ledgerContract } from './ledger-contract';
import { sharedStateContract } from './shared-state-contract';

const folders: string[] = [];

function newPlace(): string {
  const folder = makeFolder();
  folders.push(folder);
  return folder;
}

afterEach(() => {
  folders.splice(0).forEach(removeFolder);
});

describe('ledgers on SQLite', () => {
  ledgerContract({ open: openLedger, newPlace });
});

describe('shared state on SQLite', () => {
  sharedStateContract(() => openLedger(newPlace()));
});
