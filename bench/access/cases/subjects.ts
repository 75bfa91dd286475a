import { reachSubjects, reachUsers } from '../../../src/access/subjects';
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
    const found = reachUsers(facts, 'cluster:reach', wide.id);
    const expected = wide.users.map((place) => pick(users, place)).sort();
    expectSame(found, expected, 'those who reach the wide cluster');
    const page = found.slice(0, PAGE);
    const repeat = (call: () => unknown) => () => {
      for (let count = 0; count < CALLS; count += 1) call();
    };
    const [all = 0, ways = 0] = await measureCpu(
      CALLS,
      repeat(() => reachUsers(facts, 'cluster:reach', wide.id)),
      repeat(() => reachSubjects(facts, 'cluster:reach', wide.id, page)),
    );
    printRow(`accessSubjects of ${found.length}, CPU`, ['all ids', `ways of ${PAGE}`]);
    printRow(
      '',
      [all, ways].map((value) => `${(value / 1000).toFixed(1)} ms`),
    );
    close();
  },
};
