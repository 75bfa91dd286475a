import type { Facts } from '../../../src/access/facts';
import { FactMeter } from '../../../src/questions/fact-meter';
import { QuestionFault } from '../../../src/questions/questions';
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
  for (let times = 0; times < 5; times += 1) look(read.metered(facts));
  expect(read.isSpent).toBe(true);
  expect(() => {
    read.begin();
  }).toThrow(QuestionFault);

  const atHand = new FactMeter(10);
  const metered = atHand.metered(facts);
  for (let times = 0; times < 30; times += 1) look(metered);
  expect(atHand.isSpent).toBe(false);
  atHand.begin();
  for (let times = 0; times < 30; times += 1) look(metered);
  expect(atHand.isSpent).toBe(true);
});
