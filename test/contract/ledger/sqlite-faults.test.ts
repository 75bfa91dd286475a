import { closeSync, openSync, writeSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { StorageFault } from '../../../src/ledger/errors';
import { storageFault } from '../../../src/ledger/sqlite/storage-fault';
import { verifyLedgers } from '../../../src/ledger/sqlite/verify';
import type { LedgerRef } from '../../../src/ledger/types';
import {
  makeFolder,
  openLedger,
  removeFolder,
  type OpenLedger,
} from '../../support/ledger/ledger-folder';
import {
  createSample,
  foundSample,
  sampleContext,
  sampleEvent,
  sampleEvents,
} from '../../support/ledger/samples';
import { sampleId } from '../../support/sample-ids';

let folder: string;
let ledger: OpenLedger;
let ref: LedgerRef;

beforeEach(() => {
  folder = makeFolder();
  ledger = openLedger(folder);
  ref = foundSample(ledger.writer, 5);
});

afterEach(() => {
  ledger.close();
  removeFolder(folder);
});

/** What was thrown, or undefined. */
function thrownBy(work: () => void): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** A batch over several ledgers and the shared state, of some thirty pages. */
function largeBatch(): void {
  const { writer } = ledger;
  writer.begin();
  const organization = createSample(writer, 2);
  writer.shared.names.claim('ORGANIZATION_SLUG', 'second', sampleId('org', 2));
  for (let command = 0; command < 20; command += 1) {
    writer.append(ref, sampleEvents(3), sampleContext(1));
    writer.append({ organization, kind: 'ACTIVITY' }, sampleEvents(2), sampleContext(1));
    writer.shared.idempotency.keep(
      { organization, caller: 'c', mutation: 'm', key: `k${String(command)}` },
      { inputHash: Buffer.alloc(32), result: 'r'.repeat(1000) },
      1,
    );
  }
  writer.commit();
}

describe('a full disk', () => {
  it('at any page of a batch costs the batch, nothing else, until there is space', () => {
    const { database, writer, reader } = ledger;
    const before = { head: reader.head(ref), events: reader.page(ref, 1, 10) };
    const start = database.pragma('page_count', { simple: true }) as number;
    let faults = 0;
    for (let pages = start; ; pages += 1) {
      database.pragma(`max_page_count = ${String(pages)}`);
      const fault = thrownBy(largeBatch);
      if (fault === undefined) break;
      faults += 1;
      expect(fault).toBeInstanceOf(StorageFault);
      expect(fault).toMatchObject({ kind: 'FULL' });
      expect(storageFault(fault)).toBe('RETRY');

      // Nothing more of the batch runs, whatever is called.
      const closed = expect.objectContaining({ kind: 'BATCH_FAILED' }) as Error;
      expect(() => writer.append(ref, [sampleEvent(1)], sampleContext())).toThrow(closed);
      expect(() => writer.shared.names.owner('ORGANIZATION_SLUG', 'second')).toThrow(closed);
      expect(() => {
        writer.commit();
      }).toThrow(closed);

      writer.rollback();
      expect(writer.dead).toBeNull();
      expect(writer.head(ref)).toEqual(before.head);
      expect({ head: reader.head(ref), events: reader.page(ref, 1, 10) }).toEqual(before);
      expect(reader.organizations()).toHaveLength(1);
      expect(ledger.shared.names.owner('ORGANIZATION_SLUG', 'second')).toBeUndefined();
    }
    expect(faults).toBeGreaterThan(20);
    expect(reader.head(ref).position).toBe(65);
    expect(reader.organizations()).toHaveLength(2);
    verifyLedgers(database);
  });

  it('leaves a file that can be opened again', () => {
    ledger.database.pragma('max_page_count = 1');
    expect(largeBatch).toThrow(StorageFault);
    ledger.close();
    ledger = openLedger(folder);
    largeBatch();
    expect(ledger.reader.head(ref).position).toBe(65);
    verifyLedgers(ledger.database);
  });
});

describe('a fault of one statement', () => {
  it('ends the batch, which is not the fault of the storage', () => {
    const { writer, reader } = ledger;
    writer.begin();
    writer.append(ref, [sampleEvent(6)], sampleContext());
    writer.shared.assertions.use('key', 'register', 'j', 1);
    const fault = thrownBy(() => {
      writer.shared.assertions.use('key', 'register', 'j', 1);
    });
    expect(fault).toMatchObject({ kind: 'STATEMENT' });
    expect(storageFault(fault)).toBeNull();
    expect(() => {
      writer.commit();
    }).toThrow(expect.objectContaining({ kind: 'BATCH_FAILED' }));
    writer.rollback();
    expect(reader.head(ref).position).toBe(5);
    writer.begin();
    writer.append(ref, [sampleEvent(6)], sampleContext());
    writer.commit();
    expect(reader.head(ref).position).toBe(6);
  });
});

describe('another connection that writes', () => {
  it('is waited for no longer than the timeout, and then a reason to try again', () => {
    const other = new Sqlite(ledger.path);
    ledger.database.pragma('busy_timeout = 0');
    other.exec('BEGIN IMMEDIATE');
    const fault = thrownBy(() => {
      ledger.writer.begin();
    });
    expect(fault).toMatchObject({ kind: 'BUSY' });
    expect(storageFault(fault)).toBe('RETRY');
    other.close();
    ledger.writer.begin();
    ledger.writer.append(ref, [sampleEvent(6)], sampleContext());
    ledger.writer.commit();
    expect(ledger.reader.head(ref).position).toBe(6);
  });
});

describe('a damaged file', () => {
  it('ends the writer for good', () => {
    const { database, path } = ledger;
    database.pragma('wal_checkpoint(TRUNCATE)');
    overwrite('installation_name');
    ledger.close();
    ledger = openLedger(folder);
    const { writer, reader } = ledger;
    expect(writer.dead).toBeNull();
    writer.begin();
    writer.append(ref, [sampleEvent(6)], sampleContext());
    const fault = thrownBy(() => {
      writer.shared.names.claim('ORGANIZATION_SLUG', 'acme', 'org_a');
    });
    expect(fault).toMatchObject({ kind: 'IO' });
    expect(storageFault(fault)).toBe('DEAD');
    writer.rollback();
    expect(writer.dead).toBe(fault);
    for (const attempt of [
      () => {
        writer.begin();
      },
      () => writer.shared.settings.get('VIEWS_NUMBER'),
    ]) {
      expect(attempt).toThrow(expect.objectContaining({ kind: 'IO' }));
    }
    expect(reader.head(ref).position).toBe(5);
    expect(path).toBe(ledger.path);
  });

  /** Puts garbage where the table begins. */
  function overwrite(table: string): void {
    const { database, path } = ledger;
    const page = database
      .prepare<[string], number>('SELECT rootpage FROM sqlite_schema WHERE name = ?')
      .pluck()
      .get(table);
    const size = database.pragma('page_size', { simple: true }) as number;
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(size, 0xff), 0, size, ((page ?? 1) - 1) * size);
    closeSync(file);
  }
});

describe('what an error means', () => {
  it.each<[string, 'RETRY' | 'DEAD' | null]>([
    ['SQLITE_FULL', 'RETRY'],
    ['SQLITE_IOERR_SHMSIZE', 'RETRY'],
    ['SQLITE_BUSY', 'RETRY'],
    ['SQLITE_BUSY_SNAPSHOT', 'RETRY'],
    ['SQLITE_LOCKED', 'RETRY'],
    ['SQLITE_IOERR_FSYNC', 'DEAD'],
    ['SQLITE_IOERR_WRITE', 'DEAD'],
    ['SQLITE_CORRUPT', 'DEAD'],
    ['SQLITE_NOTADB', 'DEAD'],
    ['SQLITE_READONLY_DBMOVED', 'DEAD'],
    ['SQLITE_CANTOPEN', 'DEAD'],
    ['SQLITE_NOMEM', 'DEAD'],
    ['SQLITE_CONSTRAINT_TRIGGER', null],
    ['SQLITE_ERROR', null],
    ['SQLITE_MISMATCH', null],
  ])('%s: %s', (code, meaning) => {
    expect(storageFault(Object.assign(new Error('x'), { code }))).toBe(meaning);
  });

  it.each([new TypeError('x'), { code: 'ENOENT' }, { code: 5 }, null, undefined, 'SQLITE_FULL'])(
    'nothing of ours: %p',
    (error) => {
      expect(storageFault(error)).toBeNull();
    },
  );
});
