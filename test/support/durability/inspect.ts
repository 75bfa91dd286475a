import { join } from 'node:path';
import { openLedgerFile } from '../../../src/ledger/sqlite/open';
import { SqliteLedgerReader } from '../../../src/ledger/sqlite/reader';
import { sqliteSharedState } from '../../../src/ledger/sqlite/shared-state';
import { openGate } from '../../../src/ledger/sqlite/transaction';
import { verifyLedgers } from '../../../src/ledger/sqlite/verify';
import type { LedgerReader } from '../../../src/ledger/types';
import { digestViews } from '../../../src/views/digest';
import { viewsPath } from '../../../src/views/files';
import { openViewsFile } from '../../../src/views/open';
import { digestOfRebuild } from '../views/rebuilt';
import { MIGRATIONS } from '../views/views-files';
import type { Acknowledged } from './child-messages';

const READING = { migrations: MIGRATIONS, readOnly: true } as const;

/**
 * Everything that is wrong with a data folder, one sentence each: acknowledged commands that its
 * ledger does not hold where it was said, positions with gaps, a root that does not follow from the
 * events, damaged pages, views that are not what a rebuild gives. The writer may have it open, idle.
 */
export function inspect(folder: string, acknowledged: readonly Acknowledged[]): readonly string[] {
  const ledgerFile = openLedgerFile(join(folder, 'ledger.db'), READING);
  try {
    const reader = new SqliteLedgerReader(ledgerFile);
    const number = sqliteSharedState(ledgerFile, openGate).settings.get('VIEWS_NUMBER') ?? '1';
    const views = openViewsFile(viewsPath(folder, Number(number)), READING);
    try {
      const inUse = digestViews(views);
      const rebuilt = digestOfRebuild(reader);
      return [
        ...fault(() => {
          verifyLedgers(ledgerFile);
        }),
        ...fault(() => {
          const damage: unknown = views.pragma('integrity_check(1)', { simple: true });
          if (damage !== 'ok') throw new Error(`views: ${String(damage)}`);
        }),
        ...missing(reader, acknowledged),
        ...Object.keys(rebuilt)
          .filter((table) => inUse[table] !== rebuilt[table])
          .map((table) => `the views' ${table} are not what a rebuild gives`),
      ];
    } finally {
      views.close();
    }
  } finally {
    ledgerFile.close();
  }
}

/** A command's events end where it was acknowledged, and bear its correlation id. */
function missing(reader: LedgerReader, acknowledged: readonly Acknowledged[]): readonly string[] {
  const [organization] = reader.organizations();
  const found = (position: number): string | undefined =>
    organization &&
    reader.event({ organization: organization.number, kind: 'ACCESS' }, position)?.correlationId;
  return acknowledged
    .filter(({ correlationId, position }) => found(position) !== correlationId)
    .map(({ correlationId, position }) => `${correlationId} at ${position} is lost`);
}

function fault(check: () => void): readonly string[] {
  try {
    check();
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
