import { join } from 'node:path';
import { hashSecretToken } from '../../src/keys/secret-token';
import { openLedgerFile } from '../../src/ledger/sqlite/open';
import { SqliteLedgerReader } from '../../src/ledger/sqlite/reader';
import type { AskedBy } from '../../src/questions/questions';
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

/** Who asks by this API token, as long questions are told. */
export function askerBy(queries: Queries, token: string): AskedBy {
  const record = queries.tokenByHash(hashSecretToken(token));
  if (record === undefined) throw new RangeError('no such token');
  const { organizationId, userId, scopes } = record;
  return { organizationId, userId, scopes };
}
