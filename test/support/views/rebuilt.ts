import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerReader } from '../../../src/ledger/types';
import { digestViews, type ViewsDigest } from '../../../src/views/digest';
import { viewsPath } from '../../../src/views/files';
import { openViewsFile } from '../../../src/views/open';
import { rebuildViews } from '../../../src/views/rebuild';
import { MIGRATIONS } from './views-files';

/** The digest of views that are made again from the ledger, in a folder that is removed. */
export function digestOfRebuild(ledger: LedgerReader): ViewsDigest {
  const folder = mkdtempSync(join(tmpdir(), 'palisade-rebuilt-'));
  try {
    const number = rebuildViews(ledger, { folder, migrations: MIGRATIONS, current: 0 });
    const rebuilt = openViewsFile(viewsPath(folder, number), { migrations: MIGRATIONS });
    try {
      return digestViews(rebuilt);
    } finally {
      rebuilt.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
