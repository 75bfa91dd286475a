import fc from 'fast-check';
import { RELATIONS } from '../../../src/access/facts';
import { ClusterGranted, ClusterGrantRevoked } from '../../../src/domain/cluster/events';
import type { LedgerRef } from '../../../src/ledger/types';
import type { Queries } from '../../../src/views/queries';
import { readRules } from '../../../src/views/rules-then';
import { Interned } from '../../../src/views/sqlite/interned';
import { Standings } from '../../../src/views/sqlite/standings';
import { sqliteWorld } from '../../../src/views/sqlite-world';
import { prepareRows } from '../../../src/views/state';
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

/** What the file says, every fact read each time. */
function fileWorld({ viewsFile, now }: ViewsFiles, { id, number }: TestOrganization) {
  const rows = prepareRows(viewsFile, new Interned(viewsFile, 10));
  const standings = new Standings(viewsFile);
  const state = {
    rows: () => rows,
    standing: (ref: LedgerRef) => standings.of(ref),
    rulesThen: readRules(rows.entities),
  };
  return sqliteWorld(state, { organization: number, organizationId: id }, now);
}

/** The worlds of the writer and of a reader, who have facts at hand, and that of the file. */
function worlds(files: ViewsFiles, queries: Queries, organization: TestOrganization) {
  const { id, number } = organization;
  const writers = files.writer.world(number, id, files.now);
  const readers = queries.world(id, files.now);
  const read = fileWorld(files, organization);
  if (writers === undefined || readers === undefined || read === undefined) {
    throw new Error('nothing is projected');
  }
  return { writers, readers, read };
}

test('facts that the writer and a reader have at hand are those of the file, batch by batch', () => {
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
          const { writers, readers, read } = worlds(files, queries, organization);
          const expected = answers(read, ids);
          expect(answers(writers, ids)).toEqual(expected);
          expect(answers(readers, ids)).toEqual(expected);
          expect(readers.facts.rulesVersion).toBe(read.facts.rulesVersion);
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
      const { writers, readers, read } = worlds(files, queries, organization);
      const held = read.facts.of(holderId, 'clusterGrant');
      expect(writers.facts.of(holderId, 'clusterGrant')).toEqual(held);
      expect(readers.facts.of(holderId, 'clusterGrant')).toEqual(held);
      const ids = [holderId, ...clusters.slice(-2)];
      const expected = answers(read, ids);
      expect(answers(writers, ids)).toEqual(expected);
      expect(answers(readers, ids)).toEqual(expected);
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

describe('a reader that has facts at hand', () => {
  const files = new ViewsFiles();
  afterAll(() => {
    files.close();
  });
  const queries = files.queries();
  const first = files.organization();
  const second = files.organization();
  const holderId = files.newId('usr');
  const clusterId = files.newId('clu');
  for (const organization of [first, second]) {
    files.record(organization, smallWorld(files, organization).events);
  }
  const granted = (organization: TestOrganization): number => {
    const { readers, read } = worlds(files, queries, organization);
    const facts = readers.facts.between(holderId, 'clusterGrant', clusterId);
    expect(facts).toEqual(read.facts.between(holderId, 'clusterGrant', clusterId));
    return facts.length;
  };
  const grant = (expiresAt: number | null, grantId = files.newId('gra'), to = holderId) =>
    ClusterGranted.make({ grantId, clusterId, holderId: to, level: 'USE', expiresAt });

  test('sees what it missed, however much that is', () => {
    expect(granted(first)).toBe(0);
    for (const [at, missed] of [1, 256, 257, 1].entries()) {
      const others = Array.from({ length: missed - 1 }, () =>
        grant(null, files.newId('gra'), files.newId('usr')),
      );
      files.record(first, [...others, grant(null)]);
      expect(granted(first)).toBe(at + 1);
    }
  });

  test('has those of one organization only, though both name the same ids', () => {
    expect(granted(second)).toBe(0);
    const grantId = files.newId('gra');
    files.record(second, [grant(null, grantId)]);
    expect([granted(first), granted(second)]).toEqual([4, 1]);
    files.record(second, [ClusterGrantRevoked.make({ grantId, clusterId, holderId })]);
    expect([granted(first), granted(second)]).toEqual([4, 0]);
  });

  test('judges expiry at the instant of each question, and the past by the file', () => {
    files.record(second, [grant(files.now + MINUTE_MS)]);
    expect(granted(second)).toBe(1);
    files.now += MINUTE_MS;
    expect(granted(second)).toBe(0);
    const before = queries.moment(second.id, { time: files.now - 1 }, files.now);
    if (before === 'UNKNOWN_MOMENT') throw new Error('there was such a moment');
    const then = queries.facts(second.id, before);
    expect(then.between(holderId, 'clusterGrant', clusterId)).toHaveLength(1);
  });
});
