import type { Facts } from '../../../src/access/facts';
import { answerTo } from '../../../src/access/standpoint';
import { FactMeter } from '../../../src/questions/fact-meter';
import { QuestionFault } from '../../../src/questions/questions';
import { acme, granted, inTeam, maintains, user } from '../../support/access/given';
import { MemoryOrganization } from '../../support/memory-organization';

const organization = new MemoryOrganization();
const { userId } = organization.admin;

/** The organization's facts, and how often its member was read. */
function counted() {
  const { facts } = organization.world;
  const reads = { count: 0 };
  const between: Facts['between'] = (...ends) => {
    reads.count += 1;
    return facts.between(...ends);
  };
  return { facts: { ...facts, between }, reads };
}

const look = (facts: Facts) => facts.between(userId, 'member', facts.organizationId);

test('facts are what they were, and what is at hand is not read again', () => {
  const { facts, reads } = counted();
  const metered = new FactMeter().metered(facts);
  for (let times = 0; times < 3; times += 1) expect(look(metered)).toEqual(look(facts));
  expect(reads.count).toBe(1 + 3);
});

test('nothing begins once too much was read; what is at hand counts for less', () => {
  const { facts } = counted();
  const read = new FactMeter(10);
  for (let times = 0; times < 10; times += 1) look(read.metered(facts));
  expect(read.isSpent).toBe(true);
  expect(() => {
    read.begin();
  }).toThrow(QuestionFault);

  const atHand = new FactMeter(10);
  const metered = atHand.metered(facts);
  for (let times = 0; times < 30; times += 1) look(metered);
  expect(atHand.isSpent).toBe(false);
  atHand.begin();
  for (let times = 0; times < 90; times += 1) look(metered);
  expect(atHand.isSpent).toBe(true);
});

/* Ann manages a cluster; what the team red holds in another one is hidden from her. */
const acmeFacts = acme([
  maintains('usr_ann', 'clu_test'),
  inTeam('usr_eve', 'tea_red'),
  granted('tea_red', 'USE', 'clu_prod'),
  granted('tea_red', 'VIEW', 'clu_prod'),
  granted('tea_red', 'BUILD', 'pip_api'),
]);

/** So many questions of one request about the thing are answered before they read too much. */
function answered(action: 'team:read' | 'queue:reach' | 'access:ask', resource: string): number {
  const meter = new FactMeter(200);
  const metered = meter.metered(acmeFacts);
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
