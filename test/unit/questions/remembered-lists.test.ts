import { RememberedLists, type ListQuestion } from '../../../src/questions/remembered-lists';

const QUESTION: ListQuestion = {
  organizationId: 'org_acme',
  moment: { position: 7, instant: 700 },
  of: 'resource',
  id: 'clu_prod',
  ask: { action: 'cluster:use' },
};

/** Asks for a list, and tells whether it had to be made. */
function isMade(lists: RememberedLists, question: ListQuestion, length = 1): boolean {
  let made = false;
  lists.get(question, () => {
    made = true;
    return Array.from({ length }, (_, at) => String(at));
  });
  return made;
}

test('a list is made once for one question', () => {
  const lists = new RememberedLists(10_000);
  expect(isMade(lists, QUESTION)).toBe(true);
  expect(
    isMade(lists, { ...QUESTION, ask: { ...QUESTION.ask }, moment: { ...QUESTION.moment } }),
  ).toBe(false);
  expect(lists.get(QUESTION, () => ['made again'])).toEqual(['0']);
});

test.each<[string, Partial<ListQuestion>]>([
  ['organization', { organizationId: 'org_other' }],
  ['position', { moment: { position: 8, instant: 700 } }],
  ['instant', { moment: { position: 7, instant: 701 } }],
  ['end', { of: 'subject' }],
  ['id', { id: 'clu_test' }],
  ['action', { ask: { action: 'cluster:read' } }],
  ['branch', { ask: { action: 'cluster:use', branch: 'main' } }],
  ['target', { ask: { action: 'cluster:use', targetClusterId: null } }],
  ['subject', { ask: { action: 'cluster:use', about: 'usr_ann' } }],
])('another %s is another question', (_what, changes) => {
  const lists = new RememberedLists(10_000);
  expect(isMade(lists, QUESTION)).toBe(true);
  expect(isMade(lists, { ...QUESTION, ...changes })).toBe(true);
  expect(isMade(lists, QUESTION)).toBe(false);
});

test('what was asked for longest ago is forgotten first', () => {
  const lists = new RememberedLists(5000);
  const of = (id: string): ListQuestion => ({ ...QUESTION, id });
  isMade(lists, of('one'), 2000);
  isMade(lists, of('two'), 2000);
  expect(isMade(lists, of('one'), 2000)).toBe(false);
  isMade(lists, of('three'), 2000);
  expect(isMade(lists, of('one'), 2000)).toBe(false);
  expect(isMade(lists, of('two'), 2000)).toBe(true);
  // One that is longer than all that may be kept is not kept, and takes no other's place.
  expect(isMade(lists, of('long'), 6000)).toBe(true);
  expect(isMade(lists, of('long'), 6000)).toBe(true);
  expect(isMade(lists, of('two'), 2000)).toBe(false);
});

test('lists of agents are made each time: their ledger goes on within the instant', () => {
  const lists = new RememberedLists(5000);
  const question: ListQuestion = { ...QUESTION, of: 'subject', ask: { action: 'agent:run' } };
  expect(isMade(lists, question)).toBe(true);
  expect(isMade(lists, question)).toBe(true);
});
