import fc from 'fast-check';
import { RELATIONS } from '../../../src/access/facts';
import { ClusterGranted, ClusterGrantRevoked } from '../../../src/domain/cluster/events';
import type { Queries } from '../../../src/views/queries';
import type { World } from '../../../src/views/world';
import { MINUTE_MS } from '../../support/access/history-builder';
import { asOrganization, writtenHistory } from '../../support/views/random-history';
import { smallWorld } from '../../support/views/small-world';
import { ViewsFiles, type TestOrganization } from '../../support/views/views-files';

/** What a world says of access between these ids. */
function answers({ facts, open }: World, ids: readonly string[]): unknown {
  return RELATIONS.map((relation) => ({
    of: ids.map((id) => facts.of(id, relation)),
    between: ids.map((id) => ids.map((other) => facts.between(id, relation, other))),
    held: ids.map((id) => ids.map((other) => facts.held(id, relation, other))),
    open: ids.map((id) => ids.map((other) => open(id, relation, other))),
  }));
}

/** The world of the writer, who has facts at hand, and that of a reader, who reads them each time. */
function bothWorlds(files: ViewsFiles, queries: Queries, { id, number }: TestOrganization) {
  const writers = files.writer.world(number, id, files.now);
  const readers = queries.world(id, files.now);
  if (writers === undefined || readers === undefined) throw new Error('nothing is projected');
  return { writers, readers };
}

test('facts that the writer has at hand are those of the file, batch by batch', () => {
  fc.assert(
    fc.property(writtenHistory, fc.infiniteStream(fc.nat({ max: 7 })), (history, chances) => {
      const files = new ViewsFiles();
      try {
        const queries = files.queries();
        const organization = files.organization();
        const { batches } = asOrganization(history, organization.id);
        const found = JSON.stringify(batches).match(/\b(?:usr|tea|clu|que|pip|key)_[\w-]+/gu) ?? [];
        const ids = [...new Set([organization.id, ...found])].slice(0, 10);
        for (const { instant, events } of batches) {
          files.now = Math.max(files.now, instant);
          const stored = files.append(organization, events);
          const apply = (): void => {
            files.writer.begin();
            for (const [kind, event] of stored) {
              files.writer.apply(organization.number, organization.id, kind, [event]);
            }
          };
          const chance = chances.next().value;
          if (chance === 0) {
            // What a batch that is rolled back showed is not at hand after it.
            apply();
            const undone = files.writer.world(organization.number, organization.id, files.now);
            if (undone !== undefined) answers(undone, ids);
            files.writer.rollback();
          }
          apply();
          files.writer.commit();
          if (chance > 1) continue;
          files.now += MINUTE_MS;
          const { writers, readers } = bothWorlds(files, queries, organization);
          expect(answers(writers, ids)).toEqual(answers(readers, ids));
        }
      } finally {
        files.close();
      }
    }),
    { numRuns: 8 },
  );
});

test('of a subject with more facts than are kept, none is missed', () => {
  const files = new ViewsFiles();
  try {
    const queries = files.queries();
    const organization = files.organization();
    files.record(organization, smallWorld(files, organization).events);
    const holderId = files.newId('usr');
    const clusters = Array.from({ length: 70 }, () => files.newId('clu'));
    const grants = clusters.map((clusterId) => ({ grantId: files.newId('gra'), clusterId }));
    const compare = (): number => {
      const { writers, readers } = bothWorlds(files, queries, organization);
      const held = writers.facts.of(holderId, 'clusterGrant');
      expect(held).toEqual(readers.facts.of(holderId, 'clusterGrant'));
      const ids = [holderId, ...clusters.slice(-2)];
      expect(answers(writers, ids)).toEqual(answers(readers, ids));
      return held.length;
    };
    const counts = grants.map((grant) => {
      const level = 'USE' as const;
      files.record(organization, [
        ClusterGranted.make({ ...grant, holderId, level, expiresAt: null }),
      ]);
      return compare();
    });
    expect(counts).toEqual(grants.map((_, index) => index + 1));
    for (const grant of grants.slice(0, 10)) {
      files.record(organization, [ClusterGrantRevoked.make({ ...grant, holderId })]);
    }
    expect(compare()).toBe(60);
  } finally {
    files.close();
  }
});
