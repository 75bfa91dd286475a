import fc from 'fast-check';
import { ORIGINAL, buildMutant, type Edit, type Mutant } from '../../support/mutants/build';
import { waysByDoing } from '../../support/reach/doing';
import { LAST_DAY, prolongedByDoing, type WalkStep } from '../../support/reach/over-time';
import { Program } from '../../support/reach/program';
import {
  makeOrganization,
  SETUP_KINDS,
  type SetupStep,
} from '../../support/reach/small-organization';

const RUNS = 250;

/**
 * In every random organization in which memberships, roles and grants end, and for every user of it,
 * who is no ADMIN: whatever up to three mutations they make, at no later instant do they reach a
 * queue that they would not reach then had they made none.
 */
function holds(program: Program, steps: readonly SetupStep[], walk: readonly WalkStep[]): void {
  const organization = makeOrganization(program, steps);
  for (const user of organization.users) {
    expect(prolongedByDoing(program, organization, user, walk)).toBeNull();
  }
}

const small = fc.nat({ max: 11 });
const step = fc.record({
  kind: fc.constantFrom(...SETUP_KINDS),
  a: small,
  b: small,
  c: small,
  days: fc.nat({ max: LAST_DAY - 1 }),
});
const steps = fc.array(step, { minLength: 4, maxLength: 14 });
const walks = fc.array(fc.record({ pick: fc.nat({ max: 60 }), waits: fc.boolean() }), {
  minLength: 1,
  maxLength: 3,
});

type Example = readonly SetupStep[];
const ONCE: readonly WalkStep[] = [{ pick: 0, waits: false }];

/** Who maintains a cluster for a day, and may use it and build a pipeline of it for ever. */
const FOR_A_DAY: Example = [
  { kind: 'maintain', a: 0, b: 2, c: 0, days: 1 },
  { kind: 'grantCluster', a: 0, b: 2, c: 0 },
  { kind: 'grantPipeline', a: 0, b: 2, c: 0 },
];

/** Who may use a cluster for ever, and create pipelines in it for a day by a team's right. */
const LENT_FOR_A_DAY: Example = [
  { kind: 'joinTeam', a: 0, b: 0, c: 0 },
  { kind: 'teamCreates', a: 0, b: 0, c: 0 },
  { kind: 'grantCluster', a: 0, b: 0, c: 0, days: 1 },
  { kind: 'grantCluster', a: 0, b: 2, c: 0 },
];

function check(program: Program, runs: number, examples: readonly Example[]): void {
  fc.assert(
    fc.property(steps, walks, (drawn, walk) => {
      holds(program, drawn, walk);
    }),
    {
      numRuns: runs,
      endOnFailure: true,
      examples: examples.map((example) => [[...example], [...ONCE]]),
    },
  );
}

/** Pipelines can be made by a right that ends: reach by such a right is true. */
function checkLent(program: Program): void {
  const organization = makeOrganization(program, LENT_FOR_A_DAY);
  const [user] = organization.users;
  const [open] = organization.queues;
  if (user === undefined || open === undefined) throw new Error('the organization is empty');
  expect(program.userMay(organization.world, user.userId, 'queue:reach', open)).toBe(true);
  expect(waysByDoing(program, organization, user, open)).toEqual(['pipelineCreate']);
}

const UNGUARDED: Edit = {
  file: 'commands/judge.js',
  find: '(0, prolonging_1.checkProlonging)(world, identified, asks, plan.events) ??',
  replace: '',
};

interface Defect extends Mutant {
  /** A small organization that shows it. */
  readonly shownBy: Example;
}

const DEFECTS: readonly Defect[] = [
  {
    name: 'callers give themselves what outlasts their right',
    file: 'commands/prolonging.js',
    find: 'if (outlasts(ownGiftsEnd(facts, member, planned.openedFacts()), rightEnds))',
    replace: 'if (false)',
    shownBy: FOR_A_DAY.filter(({ kind }) => kind !== 'grantCluster'),
  },
  {
    name: 'a pipeline is granted on a queue without a look at how long',
    file: 'commands/prolonging.js',
    find: "if (relation === 'queueGrant')",
    replace: 'if (false)',
    shownBy: FOR_A_DAY,
  },
  {
    name: 'a queue is opened without a look at how long',
    file: 'commands/prolonging.js',
    find: "if (relation === 'queueCluster' && level === 'OPEN')",
    replace: 'if (false)',
    shownBy: FOR_A_DAY,
  },
  {
    name: 'a pipeline is moved without a look at how long',
    file: 'commands/prolonging.js',
    find: "if (relation === 'pipelineCluster')",
    replace: 'if (false)',
    shownBy: [
      { kind: 'maintain', a: 1, b: 2, c: 0, days: 1 },
      { kind: 'grantCluster', a: 1, b: 2, c: 0 },
      { kind: 'grantPipeline', a: 1, b: 2, c: 1 },
    ],
  },
  {
    name: 'a pipeline is unarchived without a look at how long',
    file: 'commands/prolonging.js',
    find: "if (relation !== 'pipelineArchived')",
    replace: 'if (true)',
    shownBy: [
      { kind: 'grantCluster', a: 1, b: 2, c: 0 },
      { kind: 'grantPipeline', a: 1, b: 2, c: 0, days: 1 },
      { kind: 'grantPipeline', a: 3, b: 2, c: 0 },
      { kind: 'archive', a: 0, b: 0, c: 0 },
    ],
  },
  {
    name: 'the manager of a new pipeline stays for ever',
    file: 'commands/handlers/pipeline-create.js',
    find: 'expiresAt: until === Infinity ? null : until',
    replace: 'expiresAt: null',
    // A second line of defence, without which the pipeline would not be made at all.
    also: [UNGUARDED],
    shownBy: LENT_FOR_A_DAY,
  },
];

test('nobody reaches anything later by what they did themselves', () => {
  check(
    new Program(ORIGINAL),
    RUNS,
    DEFECTS.map(({ shownBy }) => shownBy),
  );
});

test('who creates pipelines by a right that ends can do so', () => {
  checkLent(new Program(ORIGINAL));
});

test.each(DEFECTS)('a defect is noticed: $name', (defect) => {
  const build = buildMutant(defect);
  try {
    const program = new Program(build);
    expect(() => {
      check(program, 1, [defect.shownBy]);
    }).toThrow('Counterexample');
  } finally {
    build.remove();
  }
});

test('the random organizations find it by themselves when nothing is looked at', () => {
  const build = buildMutant({ name: 'unguarded', ...UNGUARDED });
  try {
    const program = new Program(build);
    expect(() => {
      check(program, RUNS, []);
    }).toThrow('Counterexample');
  } finally {
    build.remove();
  }
});
