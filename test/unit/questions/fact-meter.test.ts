import { answerTo } from '../../../src/access/standpoint';
import { FactMeter } from '../../../src/questions/fact-meter';
import { acme, granted, inTeam, maintains, user } from '../../support/access/given';

/* Ann manages a cluster; what the team red holds in another one is hidden from her. */
const facts = acme([
  maintains('usr_ann', 'clu_test'),
  inTeam('usr_eve', 'tea_red'),
  granted('tea_red', 'USE', 'clu_prod'),
  granted('tea_red', 'VIEW', 'clu_prod'),
  granted('tea_red', 'BUILD', 'pip_api'),
]);

/** So many questions of one request about the thing are answered before they read too much. */
function answered(action: 'team:read' | 'queue:reach' | 'access:ask', resource: string): number {
  const meter = new FactMeter(200);
  const metered = meter.metered(facts);
  const asker = { kind: 'user', id: 'usr_ann', scopes: null } as const;
  const question = { principal: user('usr_ann'), action, resource };
  for (let count = 0; ; count += 1) {
    try {
      meter.begin();
    } catch (error) {
      expect(error).toMatchObject({ code: 'QUERY_TOO_COMPLEX' });
      return count;
    }
    answerTo({ asker, facts: metered, present: metered }, question);
  }
}

test.each([
  ['team:read', 'tea_red', 'tea_none'],
  ['queue:reach', 'que_open', 'que_none'],
  ['access:ask', 'pip_api', 'pip_none'],
  ['access:ask', 'clu_prod', 'clu_none'],
] as const)('%s: as much may be asked of what is hidden as of what is not there', (...asked) => {
  const [action, hidden, unknown] = asked;
  expect(answered(action, hidden)).toBe(answered(action, unknown));
  expect(answered(action, hidden)).toBeGreaterThan(5);
});

test('what is found counts, the more of it the more', () => {
  const read = (count: number): boolean => {
    const meter = new FactMeter(10);
    for (let at = 0; at < count; at += 1) meter.metered(facts).on('org_acme', 'member');
    try {
      meter.begin();
      return true;
    } catch {
      return false;
    }
  };
  expect([1, 2, 3].map(read)).toEqual([true, true, false]);
});
