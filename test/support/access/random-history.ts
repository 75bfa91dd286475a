import fc from 'fast-check';
import type { Moment } from '../../../src/access/facts';
import { MemberAdded } from '../../../src/domain/member/events';
import { OrganizationCreated } from '../../../src/domain/organization/events';
import { agentActs } from './acts/agent';
import { clusterActs } from './acts/cluster';
import { organizationActs } from './acts/organization';
import { pipelineActs } from './acts/pipeline';
import type { History } from './facts-of-history';
import { HistoryBuilder, MINUTE_MS, type Act } from './history-builder';

const ACTS = { ...organizationActs, ...clusterActs, ...pipelineActs, ...agentActs };
type ActName = keyof typeof ACTS;

/** What gives something to act on comes often, what ends it rarely. */
const OFTEN: readonly ActName[] = [
  'teamMemberAdd',
  'clusterGrant',
  'clusterGrant',
  'pipelineGrant',
  'pipelineGrant',
  'pipelineGrant',
  'queueGrant',
  'queueGrant',
  'queueCreate',
  'keyRegister',
  'keyProve',
  'agentRegister',
];

/** So that every organization has a little of everything. */
const PRELUDE: readonly (readonly [ActName, number, number, number])[] = [
  ['memberAdd', 0, 0, 0],
  ['memberAdd', 0, 1, 1],
  ['memberAdd', 0, 2, 0],
  ['memberAdd', 0, 3, 0],
  ['teamCreate', 0, 0, 0],
  ['teamCreate', 1, 0, 0],
  ['clusterCreate', 0, 0, 0],
  ['clusterCreate', 0, 0, 0],
  ['queueCreate', 0, 0, 0],
  ['queueCreate', 0, 1, 0],
  ['queueCreate', 1, 1, 0],
  ['pipelineCreate', 0, 1, 0],
  ['pipelineCreate', 0, 1, 0],
  ['pipelineCreate', 1, 2, 0],
  ['pipelineCreate', 0, 0, 0],
];

const small = fc.noBias(fc.nat({ max: 12 }));
const step = fc.record({
  act: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...OFTEN) },
    { weight: 1, arbitrary: fc.constantFrom(...(Object.keys(ACTS) as ActName[])) },
  ),
  a: small,
  b: small,
  c: small,
  minutes: fc.nat({ max: 2 }),
});

/** A small organization's history, and a moment in it: often its end, often an expiry. */
export interface HistoryAtMoment {
  readonly history: History;
  readonly moment: Moment;
}

export const historyAtMoment: fc.Arbitrary<HistoryAtMoment> = fc
  .record({
    steps: fc.array(step, { minLength: 30, maxLength: 100, size: 'max' }),
    back: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat({ max: 30 })),
    later: fc.nat({ max: 4 }),
  })
  .map(({ steps, back, later }) => {
    const builder = new HistoryBuilder();
    const { organizationId } = builder;
    builder.record(
      OrganizationCreated.make(
        { organizationId, slug: 'organization', membersCanCreatePipelines: false },
        { name: 'organization' },
      ),
    );
    const userId = builder.newId('usr');
    builder.record(
      MemberAdded.make(
        { userId, role: 'ADMIN', kind: 'PERSON' },
        { name: 'administrator', email: null },
      ),
    );
    for (const [act, a, b, c] of PRELUDE) perform(builder, ACTS[act], { a, b, c });
    for (const { act, minutes, ...numbers } of steps) {
      builder.instant += minutes * MINUTE_MS;
      perform(builder, ACTS[act], numbers);
    }
    const history = builder.history();
    const position = Math.max(1, history.access.length - back);
    const recordedAt = history.access[position - 1]?.recordedAt ?? 0;
    return { history, moment: { position, instant: recordedAt + later * MINUTE_MS } };
  });

function perform(builder: HistoryBuilder, act: Act, step: Parameters<Act>[1]): void {
  act(builder, step);
}
