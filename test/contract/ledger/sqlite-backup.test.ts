import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { backupFile } from '../../../src/ledger/sqlite/backup';
import { openLedgerFile } from '../../../src/ledger/sqlite/open';
import { SqliteLedgerReader } from '../../../src/ledger/sqlite/reader';
import { verifyLedgers } from '../../../src/ledger/sqlite/verify';
import type { LedgerRef, NewEvent } from '../../../src/ledger/types';
import {
  MIGRATIONS,
  makeFolder,
  openLedger,
  removeFolder,
  type OpenLedger,
} from '../../support/ledger/ledger-folder';
import { foundSample, sampleContext, sampleEvent } from '../../support/ledger/samples';

let folder: string;
let ledger: OpenLedger;
let ref: LedgerRef;
let target: string;

beforeEach(() => {
  folder = makeFolder();
  ledger = openLedger(folder);
  ref = foundSample(ledger.writer, 0);
  target = join(folder, 'copy.db');
});

afterEach(() => {
  ledger.close();
  removeFolder(folder);
});

function append(count: number): void {
  const event: NewEvent = { ...sampleEvent(1), personal: { note: 'n'.repeat(3000) } };
  ledger.writer.begin();
  ledger.writer.append(
    ref,
    Array.from({ length: count }, () => event),
    sampleContext(),
  );
  ledger.writer.commit();
}

it('copies one moment while the ledger grows', async () => {
  append(3000);
  const before = ledger.reader.head(ref);
  const steps: number[] = [];
  await backupFile(ledger.path, target, (done, total) => {
    steps.push(done / total);
    append(5);
  });
  expect(steps.length).toBeGreaterThan(1);
  expect([...steps].sort((a, b) => a - b)).toEqual(steps);
  expect(ledger.reader.head(ref).position).toBeGreaterThan(3000);

  const copy = openLedgerFile(target, { migrations: MIGRATIONS, readOnly: true });
  const heard: [number, number][] = [];
  verifyLedgers(copy, (done, total) => heard.push([done, total]));
  expect(heard.at(-1)).toEqual([3000, 3000]);
  expect(new SqliteLedgerReader(copy).head(ref)).toEqual(before);
  copy.close();
});

it('is one private file, which a ledger can go on from', async () => {
  append(2);
  await backupFile(ledger.path, target);
  expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual(['copy.db']);
  expect(statSync(target).mode & 0o777).toBe(0o600);

  const restored = makeFolder();
  await backupFile(target, join(restored, 'ledger.db'));
  const again = openLedger(restored);
  again.writer.begin();
  again.writer.append(ref, [sampleEvent(3)], sampleContext());
  again.writer.commit();
  expect(again.reader.head(ref).position).toBe(3);
  expect(again.database.pragma('journal_mode', { simple: true })).toBe('wal');
  again.close();
  removeFolder(restored);
});

it('replaces an earlier copy, and what an interrupted one left', async () => {
  await backupFile(ledger.path, target);
  append(4);
  const left = new Sqlite(`${target}.partial`);
  left.exec('CREATE TABLE half (n INTEGER)');
  left.close();
  await backupFile(ledger.path, target);
  const copy = openLedgerFile(target, { migrations: MIGRATIONS, readOnly: true });
  expect(new SqliteLedgerReader(copy).head(ref).position).toBe(4);
  copy.close();
});

it('leaves nothing under its name when it fails', async () => {
  await expect(backupFile(join(folder, 'nothing.db'), target)).rejects.toMatchObject({
    code: 'SQLITE_CANTOPEN',
  });
  await expect(backupFile(ledger.path, join(folder, 'no', 'copy.db'))).rejects.toMatchObject({
    message: expect.stringContaining('directory does not exist') as string,
  });
  expect(existsSync(target)).toBe(false);
});

it('is found out when it is damaged', async () => {
  append(4);
  await backupFile(ledger.path, target);
  const copy = new Sqlite(target);
  copy.exec('DROP TRIGGER events_are_immutable; UPDATE events SET data = 1 WHERE position = 2');
  expect(() => {
    verifyLedgers(copy);
  }).toThrow(expect.objectContaining({ name: 'LedgerCorrupt', position: 2 }));
  copy.close();
});
