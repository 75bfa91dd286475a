import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openLedgerFile } from '../ledger/sqlite/open';
import { SqliteLedgerReader } from '../ledger/sqlite/reader';
import type { LedgerReader } from '../ledger/types';
import { digestViews, type ViewsDigest } from '../views/digest';
import { viewsPath } from '../views/files';
import { openViewsFile } from '../views/open';
import { rebuildViews } from '../views/rebuild';
import { Standings } from '../views/sqlite/standings';
import { currentViewsNumber } from './current-views';
import { ledgerPath, MIGRATIONS } from './data-folder';
import { showProgress } from './progress';

const READING = { migrations: MIGRATIONS, readOnly: true } as const;

/**
 * Makes the views of a data folder again, up to where those in use stand, and names the tables that
 * differ. The server may run meanwhile: what is compared is one state of its views.
 */
export function checkViews(folder: string): readonly string[] {
  const ledgerFile = openLedgerFile(ledgerPath(folder), READING);
  const views = openViewsFile(viewsPath(folder, currentViewsNumber(ledgerFile)), READING);
  const scratch = mkdtempSync(join(folder, 'check-'));
  try {
    views.exec('BEGIN');
    const ledger = upTo(new SqliteLedgerReader(ledgerFile), new Standings(views));
    const inUse = digestViews(views);
    return differences(inUse, digestOfRebuild(ledger, scratch));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
    views.close();
    ledgerFile.close();
  }
}

function digestOfRebuild(ledger: LedgerReader, folder: string): ViewsDigest {
  const show = showProgress('Making the views again');
  const number = rebuildViews(ledger, {
    folder,
    migrations: MIGRATIONS,
    current: 0,
    onProgress: ({ done, total }) => {
      show(done, total);
    },
  });
  const rebuilt = openViewsFile(viewsPath(folder, number), READING);
  try {
    return digestViews(rebuilt);
  } finally {
    rebuilt.close();
  }
}

/** The ledgers as if nothing had happened after what is projected. */
function upTo(ledger: LedgerReader, standings: Standings): LedgerReader {
  const known = new Set(standings.ledgers().map(({ organization }) => organization));
  return {
    organizations: () => ledger.organizations().filter(({ number }) => known.has(number)),
    organization: (id) => ledger.organization(id),
    head: (ref) => ({ ...ledger.head(ref), position: standings.of(ref)?.position ?? 0 }),
    page: (ref, from, limit) => ledger.page(ref, from, limit),
    event: (ref, position) => ledger.event(ref, position),
    events: (ref, positions) => ledger.events(ref, positions),
    positionAt: (ref, instant) => ledger.positionAt(ref, instant),
    evidence: (ref, from, limit) => ledger.evidence(ref, from, limit),
  };
}

function differences(a: ViewsDigest, b: ViewsDigest): readonly string[] {
  return Object.keys(a).filter((table) => a[table] !== b[table]);
}
