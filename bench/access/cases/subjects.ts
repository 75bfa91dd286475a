import type { UserId } from '../../../src/domain/id';
import { decide } from '../../../src/access/engine';
import { subjectsOf } from '../../../src/access/lists/lists';
import { waysIn } from '../../../src/access/ways-in';
import { listSubjects } from '../../../src/questions/lists';
import type { AccessCase } from '../case';
import { expectSame, measureCpu } from '../measure';
import { askerBy, openQueries } from '../open-queries';
import { pick } from '../random';
import { printRow } from '../report';

const PAGE = 100;
const CALLS = 5;

/**
 * Who can get code onto the agents of a cluster that very many people reach, in process: all of them,
 * beside asking about each alone; then a page as the reader's thread answers it, the first and a
 * later one, and every way of those on it.
 */
export const subjectsCase: AccessCase = {
  name: 'subjects',
  run: async ({ large, migrations }) => {
    const folder = large();
    const { organizationId, users, wide, token, adminToken } = folder.organization;
    const { queries, close } = openQueries(folder, migrations);
    const now = Date.now();
    const moment = queries.moment(organizationId, null, now);
    if (moment === 'UNKNOWN_MOMENT') throw new RangeError('no such moment');
    const facts = queries.facts(organizationId, moment);
    const ask = { action: 'cluster:reach' } as const;
    const questionAbout = (id: string) => ({
      ...ask,
      principal: { kind: 'user', id: id as UserId, scopes: null } as const,
      resource: wide.id,
    });
    const list = () => subjectsOf(facts, 'user', wide.id, ask);
    const found = list();
    const reaching = wide.users.map((place) => pick(users, place));
    const expected = [...reaching, askerBy(queries, adminToken).userId].sort();
    expectSame(found.length, expected.length, 'how many reach the wide cluster');
    expectSame(found, expected, 'those who reach the wide cluster');

    let later = 0;
    const pageAfter = (after: string | null, instant = moment.instant) =>
      listSubjects({ queries, now }, askerBy(queries, token), {
        ...{ ask, after, resource: wide.id, limit: PAGE },
        moment: { position: moment.position, instant },
      }).ids;
    const last = found[PAGE - 1] ?? '';
    expectSame(pageAfter(null), found.slice(0, PAGE), 'the first page');
    expectSame(pageAfter(last), found.slice(PAGE, 2 * PAGE), 'the second page');
    const repeat = (call: () => unknown) => () => {
      for (let count = 0; count < CALLS; count += 1) call();
    };
    const cpu = await measureCpu(
      CALLS,
      repeat(() => found.filter((id) => decide(facts, questionAbout(id)).allowed)),
      repeat(list),
      // A list of another moment is another list: it is made anew.
      repeat(() => pageAfter(null, moment.instant + (later += 1))),
      repeat(() => pageAfter(last)),
      repeat(() => waysIn(facts, found.slice(0, PAGE).map(questionAbout))),
    );
    const columns = ['one by one', 'all ids', 'first page', 'next page', `ways of ${PAGE}`];
    printRow(`accessSubjects of ${found.length}, CPU`, columns);
    printRow(
      '',
      cpu.map((value) => `${(value / 1000).toFixed(1)} ms`),
    );
    close();
  },
};
