import { join } from 'node:path';
import { openLedgerFile } from '../../src/ledger/sqlite/open';
import { SqliteLedgerReader } from '../../src/ledger/sqlite/reader';
import { viewsPath } from '../../src/views/files';
import { openViewsFile } from '../../src/views/open';
import type { Queries } from '../../src/views/queries';
import { SqliteQueries } from '../../src/views/sqlite-queries';
import type { BenchFolder } from './make-folder';

/** Opens a folder for reading, as the server's HTTP thread does. */
export function openQueries(
  { path, viewsNumber }: Pick<BenchFolder, 'path' | 'viewsNumber'>,
  migrations: string,
): { readonly queries: Queries; readonly close: () => void } {
  const ledger = openLedgerFile(join(path, 'ledger.db'), { migrations, readOnly: true });
  const views = openViewsFile(viewsPath(path, viewsNumber), { migrations, readOnly: true });
  const reader = new SqliteLedgerReader(ledger);
  return {
    queries: new SqliteQueries({
      views,
      ledger: reader,
      lastSeen: { get: () => null },
      names: { owner: () => undefined },
      leakedKeys: { has: () => false },
    }),
    close: () => {
      views.close();
      ledger.close();
    },
  };
}
