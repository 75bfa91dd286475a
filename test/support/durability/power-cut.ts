import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Build } from '../mutants/build';
import { Draw } from '../random-commands/draw';
import type { Acknowledged, Admin } from './child-messages';
import { ChildFailed, ChildProcess } from './child-process';
import { inspect } from './inspect';
import { LoopDisk } from './loop-disk';

const DISK_MEBIBYTES = 96;
/** A cut comes up to this long after the first acknowledgement. */
const CUT_WITHIN_MS = 100;

/** What happened while the power was cut. */
export interface PowerCutReport {
  cuts: number;
  acknowledged: number;
  /** Everything that was wrong; nothing is tried after the first fault. */
  faults: readonly string[];
}

/**
 * Has processes of the build take commands on a disk of their own and cuts its power at a random
 * moment: what no sync has brought to the disk is gone. Each process but the first starts on what
 * is left, and is judged as `crashRepeatedly` judges. What was acknowledged is remembered here, on
 * another disk.
 */
export async function cutPowerRepeatedly(
  build: Build,
  { cuts, seed }: { readonly cuts: number; readonly seed: number },
): Promise<PowerCutReport> {
  const report: PowerCutReport = { cuts: 0, acknowledged: 0, faults: [] };
  const acknowledged: Acknowledged[] = [];
  const draw = new Draw(seed);
  const disk = new LoopDisk(DISK_MEBIBYTES);
  const folder = join(disk.folder, 'data');
  let admin: Admin | undefined;
  let child: ChildProcess | undefined;
  try {
    mkdirSync(folder);
    for (;;) {
      const start = { root: build.root, folder, run: `c${report.cuts}` };
      ({ child, admin } = await ChildProcess.start(admin ? { ...start, admin } : start));
      if (report.cuts > 0) report.faults = inspect(folder, acknowledged);
      if (report.faults.length > 0 || report.cuts === cuts) return report;
      const cut = await disk.arm();
      await child.begin();
      await delay(draw.below(CUT_WITHIN_MS + 1));
      await cut();
      // It lives on without its disk, and must come to say so rather than acknowledge anything.
      await child.refuses();
      await child.kill();
      disk.unmount();
      disk.mount();
      report.cuts += 1;
      report.acknowledged += child.acknowledged.length;
      report.faults = child.notDone
        .filter(({ code }) => code !== 'UNAVAILABLE')
        .map(({ mutation, code }) => `${mutation} got ${code}`);
      if (report.faults.length > 0) return report;
      acknowledged.push(...child.acknowledged);
    }
  } catch (error) {
    if (!(error instanceof ChildFailed)) throw error;
    report.faults = [`after ${report.cuts} cuts: ${error.message}`];
    return report;
  } finally {
    await child?.kill();
    disk.remove();
  }
}
