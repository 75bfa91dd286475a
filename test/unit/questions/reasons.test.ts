import type { Fact } from '../../../src/access/facts';
import { citeReasons } from '../../../src/questions/reasons';
import { memoryFacts } from '../../support/memory-facts';

const ORGANIZATION = 'org_1' as const;
const ends = { subject: 'usr_1', object: ORGANIZATION, source: 'usr_1', detail: null } as const;
const member: Fact = { relation: 'member', level: 'ADMIN', ...ends, from: 3, expiresAt: null };
const event = {
  ...{ position: 3, eventId: 'e', type: 'MemberAdded', schemaVersion: 1, recordedAt: 7 },
  actor: { kind: 'HOST', id: 'host', roles: [] },
  ...{ correlationId: 'c', data: {}, personal: { name: 'Ann' }, leafHash: Buffer.alloc(32) },
} as const;

test('the event of a fact is read once, and nothing of it is kept that can be erased', () => {
  const asked: number[] = [];
  const queries = {
    eventsAt: (_: string, positions: readonly number[]) => {
      asked.push(...positions);
      return [event];
    },
  };
  const standpoint = {
    asker: { kind: 'user', id: 'usr_1', scopes: null },
    present: memoryFacts({ organizationId: ORGANIZATION, facts: [member] }),
  } as const;
  const cite = (fact: Fact) =>
    citeReasons(queries, standpoint, [[{ rule: 'ADMIN', facts: [fact] }]])[0]?.[0]?.facts[0];

  const told = { position: 3, type: 'MemberAdded', recordedAt: 7, actor: event.actor };
  expect(cite(member)).toEqual({ fact: member, event: told });
  expect(cite(member)).toEqual({ fact: member, event: told });
  expect(asked).toEqual([3]);
  // A fact that merely looks the same may be of another organization.
  expect(cite({ ...member })?.event).toEqual(told);
  expect(asked).toEqual([3, 3]);
});
