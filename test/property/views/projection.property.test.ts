import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { LEDGER_KINDS, type LedgerRef, type StoredEvent } from '../../../src/ledger/types';
import { catchUpAtOnce } from '../../../src/views/catch-up';
import { digestViews } from '../../../src/views/digest';
import { viewsPath } from '../../../src/views/files';
import { openViewsFile } from '../../../src/views/open';
import { Projector } from '../../../src/views/projector';
import { rebuildViews } from '../../../src/views/rebuild';
import { clipped, intervalRows, memoryViews } from '../../support/views/dump';
import { asOrganization, writtenHistory } from '../../support/views/random-history';
import { MIGRATIONS, ViewsFiles, type TestOrganization } from '../../support/views/views-files';

const twoHistories = fc.tuple(writtenHistory, writtenHistory);

/** Records both histories batch by batch in turn, in two organizations that share all other ids. */
function recordBoth(
  files: ViewsFiles,
  histories: readonly Parameters<typeof asOrganization>[0][],
): readonly TestOrganization[] {
  const organizations = histories.map(() => files.organization());
  const queues = histories.map((history, index) => [
    ...asOrganization(history, organizations[index]!.id).batches,
  ]);
  while (queues.some((queue) => queue.length > 0)) {
    queues.forEach((queue, index) => {
      const batch = queue.shift();
      if (batch === undefined) return;
      files.now = Math.max(files.now, batch.instant);
      files.record(organizations[index]!, batch.events);
    });
  }
  return organizations;
}

function eventsOf(files: ViewsFiles, ref: LedgerRef): readonly StoredEvent[] {
  return files.reader.page(ref, 1, 10_000);
}

describe('projection of random histories', () => {
  test('views made while events came equal views made again from all of them', () => {
    fc.assert(
      fc.property(twoHistories, (histories) => {
        const files = new ViewsFiles();
        try {
          recordBoth(files, histories);
          const number = rebuildViews(files.reader, {
            folder: files.folder,
            migrations: MIGRATIONS,
            current: 1,
          });
          const rebuilt = openViewsFile(viewsPath(files.folder, number), {
            migrations: MIGRATIONS,
          });
          expect(digestViews(rebuilt)).toEqual(digestViews(files.viewsFile));
          rebuilt.close();
          rmSync(viewsPath(files.folder, number));
        } finally {
          files.close();
        }
      }),
      { numRuns: 30 },
    );
  });

  test('it makes the same views however little it keeps and however many rows wait', () => {
    fc.assert(
      fc.property(twoHistories, fc.integer({ min: 2, max: 40 }), (histories, rows) => {
        const files = new ViewsFiles();
        try {
          recordBoth(files, histories);
          const db = memoryViews();
          catchUpAtOnce(new Projector(db, { ids: 1, entities: 1, rows }), files.reader);
          expect(digestViews(db)).toEqual(digestViews(files.viewsFile));
          db.close();
        } finally {
          files.close();
        }
      }),
      { numRuns: 15 },
    );
  });

  test('the rows at every earlier position are those that a rebuild up to it gives', () => {
    fc.assert(
      fc.property(twoHistories, (histories) => {
        const files = new ViewsFiles();
        try {
          const organizations = recordBoth(files, histories);
          const all = intervalRows(files.viewsFile);
          const db = memoryViews();
          const projector = new Projector(db);
          for (const { id, number } of organizations) {
            const at = { ACCESS: 0, ACTIVITY: 0 };
            for (const kind of LEDGER_KINDS) {
              const ref = { organization: number, kind };
              for (const event of eventsOf(files, ref)) {
                projector.begin();
                projector.apply(ref, id, event);
                projector.commit();
                at[kind] = event.position;
                const earlier = clipped(
                  all.filter(({ organization }) => organization === number),
                  ({ activity }) => (activity ? at.ACTIVITY : at.ACCESS),
                );
                const rebuilt = intervalRows(db).filter(
                  ({ organization }) => organization === number,
                );
                expect(rebuilt).toEqual(earlier);
              }
            }
          }
          db.close();
        } finally {
          files.close();
        }
      }),
      { numRuns: 10 },
    );
  });

  test('no fact comes from personal data', () => {
    fc.assert(
      fc.property(writtenHistory, (history) => {
        const files = new ViewsFiles();
        try {
          const organization = files.organization();
          for (const { instant, events } of asOrganization(history, organization.id).batches) {
            files.now = instant;
            files.record(organization, events);
          }
          const db = memoryViews();
          const projector = new Projector(db);
          projector.begin();
          for (const kind of LEDGER_KINDS) {
            const ref = { organization: organization.number, kind };
            for (const event of eventsOf(files, ref)) {
              projector.apply(ref, organization.id, { ...event, personal: null });
            }
          }
          projector.commit();
          const { facts, names, event_marks } = digestViews(files.viewsFile);
          expect(digestViews(db)).toMatchObject({ facts, names, event_marks });
          db.close();
        } finally {
          files.close();
        }
      }),
      { numRuns: 30 },
    );
  });
});
