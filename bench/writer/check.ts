import { openLedgerFile } from '../../src/ledger/sqlite/open';
import { SqliteLedgerReader } from '../../src/ledger/sqlite/reader';
import { digestViews } from '../../src/views/digest';
import { viewsPath } from '../../src/views/files';
import { openViewsFile } from '../../src/views/open';

/**
 * Throws unless what was measured was the real thing: as many events as were acknowledged, at dense
 * positions, and live views that equal the rebuilt ones.
 */
export function checkResult(
  folder: string,
  migrations: string,
  expected: { readonly events: number; readonly rebuilt: number },
): void {
  const ledger = openLedgerFile(`${folder}/ledger.db`, { migrations, readOnly: true });
  const reader = new SqliteLedgerReader(ledger);
  const [organization] = reader.organizations();
  if (organization === undefined) throw new Error('there is no organization');
  const { position } = reader.head({ organization: organization.number, kind: 'ACCESS' });
  ledger.close();
  if (position !== expected.events) {
    throw new Error(`${String(expected.events)} events acknowledged, ${String(position)} recorded`);
  }
  const digest = (number: number): string => {
    const views = openViewsFile(viewsPath(folder, number), { migrations, readOnly: true });
    const text = JSON.stringify(digestViews(views));
    views.close();
    return text;
  };
  if (digest(1) !== digest(expected.rebuilt))
    throw new Error('live views differ from rebuilt ones');
  console.log(`checked: ${String(position)} positions = acknowledgements, views = rebuild`);
}
