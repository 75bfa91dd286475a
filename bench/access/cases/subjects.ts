import type { UserId } from '../../../src/domain/id';
import { subjectsOf } from '../../../src/access/lists/lists';
import { waysIn } from '../../../src/access/ways-in';
import type { AccessCase } from '../case';
import { expectSame, measureCpu } from '../measure';
import { openQueries } from '../open-queries';
import { pick } from '../random';
import { printRow } from '../report';

const PAGE = 100;
const CALLS = 5;

/** Who can get code onto the agents of a cluster that very many people reach, in process. */
export const subjectsCase: AccessCase = {
  name: 'subjects',
  run: async ({ large, migrations }) => {
    const folder = large();
    const { organizationId, users, wide } = folder.organization;
    const { queries, close } = openQueries(folder, migrations);
    const moment = queries.moment(organizationId, null, Date.now());
    if (moment === 'UNKNOWN_MOMENT') throw new RangeError('no such moment');
    const facts = queries.facts(organizationId, moment);
    const ask = { action: 'cluster:reach' } as const;
    const list = () => subjectsOf(facts, 'user', wide.id, ask);
    const admins = facts.on(organizationId, 'member', 'ADMIN').map(({ subject }) => subject);
    const found = list();
    const expected = [...admins, ...wide.users.map((place) => pick(users, place))].sort();
    expectSame(found, expected, 'those who reach the wide cluster');
    const page = found.slice(0, PAGE).map((id) => ({
      ...ask,
      principal: { kind: 'user', id: id as UserId, scopes: null } as const,
      resource: wide.id,
    }));
    const repeat = (call: () => unknown) => () => {
      for (let count = 0; count < CALLS; count += 1) call();
    };
    const [all = 0, ways = 0] = await measureCpu(
      CALLS,
      repeat(list),
      repeat(() => waysIn(facts, page)),
    );
    printRow(`accessSubjects of ${found.length}, CPU`, ['all ids', `ways of ${PAGE}`]);
    printRow(
      '',
      [all, ways].map((value) => `${(value / 1000).toFixed(1)} ms`),
    );
    close();
  },
};
