import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from '../../../src/commands/protocol';
import type { Build } from '../mutants/build';
import { Draw } from '../random-commands/draw';
import type { Acknowledged, Admin } from './child-messages';
import { ChildFailed, ChildProcess } from './child-process';
import { inspect } from './inspect';

/** A kill comes up to this long after the first acknowledgement of its process. */
const KILL_WITHIN_MS = 100;

/** What happened while processes were killed. */
export interface CrashReport {
  kills: number;
  acknowledged: number;
  /** Commands that were given to a process and not acknowledged when it was killed. */
  inFlight: number;
  /** Everything that was wrong; nothing is tried after the first fault. */
  faults: readonly string[];
}

/**
 * Has processes of the build take commands and kills each at a random moment. The next one starts
 * on what the one before left; once it is ready, everything that those before it acknowledged must
 * be there, and the views must be what a rebuild gives. Then it gets the commands that were in
 * flight once more: each must be carried out, or have been.
 */
export async function crashRepeatedly(
  build: Build,
  { kills, seed }: { readonly kills: number; readonly seed: number },
): Promise<CrashReport> {
  const folder = mkdtempSync(join(tmpdir(), 'palisade-crash-'));
  const draw = new Draw(seed);
  const report: CrashReport = { kills: 0, acknowledged: 0, inFlight: 0, faults: [] };
  const acknowledged: Acknowledged[] = [];
  let admin: Admin | undefined;
  let child: ChildProcess | undefined;
  try {
    for (;;) {
      const again: Command[] = [...(child?.unanswered.values() ?? [])];
      const start = { root: build.root, folder, run: `k${report.kills}`, again };
      ({ child, admin } = await ChildProcess.start(admin ? { ...start, admin } : start));
      if (report.kills > 0) report.faults = inspect(folder, acknowledged);
      if (report.faults.length > 0 || report.kills === kills) return report;
      await child.begin();
      await delay(draw.below(KILL_WITHIN_MS + 1));
      await child.kill();
      report.kills += 1;
      report.acknowledged += child.acknowledged.length;
      report.inFlight += child.unanswered.size;
      report.faults = child.notDone.map(({ mutation, code }) => `${mutation} got ${code}`);
      if (report.faults.length > 0) return report;
      acknowledged.push(...child.acknowledged);
    }
  } catch (error) {
    if (!(error instanceof ChildFailed)) throw error;
    report.faults = [`after ${report.kills} kills: ${error.message}`];
    return report;
  } finally {
    await child?.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}
