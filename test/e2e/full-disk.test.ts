import { join } from 'node:path';
import { Ballast } from '../support/durability/ballast';
import { clusters, execute, kinds } from '../support/durability/batches';
import { inspect } from '../support/durability/inspect';
import { whereDisksCanBeMounted, LoopDisk } from '../support/durability/loop-disk';
import { connectionsFor } from '../support/durability/page-limit';
import { rowsOf } from '../support/durability/rows-of';
import { openTestEngine, type TestEngine, type TestCommand } from '../support/engine';

jest.setTimeout(300_000);

const DISK_MEBIBYTES = 24;
/** No batch here needs as many blocks. */
const BLOCKS_MAX = 300;

whereDisksCanBeMounted('a disk without space', () => {
  let disk: LoopDisk;
  let engine: TestEngine;
  let ballast: Ballast;

  beforeEach(async () => {
    disk = new LoopDisk(DISK_MEBIBYTES);
    const { opened, writing } = await connectionsFor(() => openTestEngine({ folder: disk.folder }));
    // Often, so that logs are folded into their files on the full disk, too.
    for (const db of writing) db.pragma('wal_autocheckpoint = 20');
    engine = opened;
    ballast = new Ballast(disk.folder);
  });

  afterEach(() => {
    ballast.close();
    engine.close();
    disk.remove();
  });

  const content = () => ({
    ledger: rowsOf(join(disk.folder, 'ledger.db')),
    views: rowsOf(join(disk.folder, 'views-1.db')),
  });

  /** Tries the batch with one block more each time, until it is acknowledged. How often it was not. */
  function fit(batch: readonly TestCommand[]): { refused: number; owing: number } {
    ballast.fill();
    let refused = 0;
    let owing = 0;
    for (; refused < BLOCKS_MAX; refused += 1) {
      const before = content();
      const outcomes = execute(engine, batch);
      if (engine.writer.viewsBehind) {
        for (; owing < BLOCKS_MAX && !engine.writer.recover(); owing += 1) {
          expect(kinds(outcomes)).toEqual([undefined]);
          ballast.yieldBlock();
        }
        expect(kinds(outcomes)).toEqual(['DONE']);
        break;
      }
      if (kinds(outcomes).includes('DONE')) {
        expect(kinds(outcomes)).toEqual(['DONE']);
        break;
      }
      expect(kinds(outcomes)).toEqual(['UNAVAILABLE']);
      expect(engine.writer.status.writable).toBe(true);
      expect(content()).toEqual(before);
      ballast.yieldBlock();
    }
    return { refused, owing };
  }

  test('refuses batches whole, tells nothing too early, and recovers with every block', async () => {
    const admin = await engine.found('first');
    let refused = 0;
    let owing = 0;
    for (const prefix of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const fitted = fit(clusters(admin, prefix));
      expect(fitted.refused).toBeLessThan(BLOCKS_MAX);
      expect(fitted.owing).toBeLessThan(BLOCKS_MAX);
      refused += fitted.refused;
      owing += fitted.owing;
    }
    // Otherwise there was space enough.
    expect(refused).toBeGreaterThan(10);
    expect(owing).toBeGreaterThan(10);
    expect(inspect(disk.folder, [])).toEqual([]);
  });
});
