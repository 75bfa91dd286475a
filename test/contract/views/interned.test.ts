import { TeamCreated } from '../../../src/domain/team/events';
import { Interned, Interning } from '../../../src/views/sqlite/interned';
import { memoryViews } from '../../support/views/dump';
import { smallWorld } from '../../support/views/small-world';
import { ViewsFiles } from '../../support/views/views-files';

/* That a text has no number is remembered: but never for longer than it is so. */

describe('who writes', () => {
  const db = memoryViews();
  afterAll(() => db.close());

  test('finds a text once it has a number, however many came after it', () => {
    const interning = new Interning(db, 1);
    expect([interning.number(1, 'new'), interning.number(1, 'new')]).toEqual([
      undefined,
      undefined,
    ]);
    const number = interning.intern(1, 'new');
    for (const other of ['a', 'b', 'c']) interning.intern(1, other);
    expect([interning.number(1, 'new'), interning.number(2, 'new')]).toEqual([number, undefined]);
    expect(interning.last).toBe(number + 3);
  });

  test('does not find what was rolled back, and finds it once it is given again', () => {
    const interning = new Interning(db, 10);
    const before = interning.last;
    db.exec('BEGIN');
    interning.intern(1, 'undone');
    db.exec('ROLLBACK');
    interning.forget();
    expect([interning.number(1, 'undone'), interning.last]).toEqual([undefined, before]);
    expect(interning.intern(1, 'undone')).toBe(before + 1);
    expect(interning.number(1, 'undone')).toBe(before + 1);
  });
});

describe('who reads', () => {
  test('asks the file once for a text without a number, until more may have been given', () => {
    const db = memoryViews();
    const interned = new Interned(db, 10);
    const interning = new Interning(db, 10);
    expect(interned.number(1, 'late')).toBeUndefined();
    const number = interning.intern(1, 'late');
    expect(interned.number(1, 'late')).toBeUndefined();
    interned.expectMore();
    expect(interned.number(1, 'late')).toBe(number);
    db.close();
  });

  test('sees what a commit brought, though it was asked about before', async () => {
    const files = new ViewsFiles();
    const organization = files.organization();
    files.record(organization, smallWorld(files, organization).events);
    const queries = files.queries();
    const teamId = files.newId('tea');
    const find = () => queries.get(organization.id, 'team', teamId)?.slug;
    expect([find(), find()]).toEqual([undefined, undefined]);
    await Promise.resolve();
    expect(find()).toBeUndefined();
    const team = { teamId, slug: 'crimson', membersCanCreatePipelines: false };
    files.record(organization, [TeamCreated.make(team, { name: 'Crimson' })]);
    expect(find()).toBe('crimson');
    files.close();
  });
});
