import fc from 'fast-check';
import { ORIGINAL, buildMutant, type Edit, type Mutant } from '../../support/mutants/build';
import { waysByDoing } from '../../support/reach/doing';
import { Program } from '../../support/reach/program';
import {
  makeOrganization,
  SETUP_KINDS,
  type SetupStep,
  type SmallOrganization,
} from '../../support/reach/small-organization';

const RUNS = 60;

/**
 * In every random organization, for every user who is neither ADMIN nor maintainer of the cluster:
 * `queue:reach` says yes if and only if some sequence of up to three of the mutations that the
 * server lets that user make ends with a pipeline that they may build and that may run there. And
 * nothing names what has ended.
 */
function holds(program: Program, steps: readonly SetupStep[]): void {
  const organization = makeOrganization(program, steps);
  expectNothingOutlived(organization);
  for (const user of organization.users) {
    for (const queueId of organization.queues) {
      if (maintains(organization, user.userId, queueId)) continue;
      const said = program.userMay(organization.world, user.userId, 'queue:reach', queueId);
      const way = waysByDoing(program, organization, user, queueId);
      expect({ said, way }).toEqual({ said: way !== null, way });
    }
  }
}

function maintains({ world }: SmallOrganization, userId: string, queueId: string): boolean {
  const clusterId = world.facts.of(queueId, 'queueCluster')[0]?.object ?? '';
  return world.facts.held(userId, 'clusterMaintainer', clusterId).length > 0;
}

/** A member who came back is as good as new: what they once held is gone. */
function expectNothingOutlived({ world, users }: SmallOrganization): void {
  for (const { userId } of users) {
    const [member] = world.facts.between(userId, 'member', world.organizationId);
    for (const { relation, from } of world.naming(userId)) {
      if (relation !== 'member') expect(from).toBeGreaterThan(member?.from ?? Infinity);
    }
  }
}

const small = fc.nat({ max: 11 });
const step: fc.Arbitrary<SetupStep> = fc.record({
  kind: fc.constantFrom(...SETUP_KINDS),
  a: small,
  b: small,
  c: small,
  days: fc.nat({ max: 1 }),
});
const steps = fc.array(step, { minLength: 3, maxLength: 14 });

/** Small organizations that show one defect each; the random ones find them too, but later. */
const EXAMPLES: readonly (readonly SetupStep[])[] = [
  [
    { kind: 'joinTeam', a: 0, b: 0, c: 1 },
    { kind: 'grantCluster', a: 0, b: 0, c: 0 },
  ],
  [{ kind: 'grantPipeline', a: 0, b: 2, c: 0 }],
  [
    { kind: 'grantPipeline', a: 1, b: 2, c: 0 },
    { kind: 'joinTeam', a: 1, b: 0, c: 0 },
    { kind: 'teamCreates', a: 0, b: 0, c: 0 },
    { kind: 'grantCluster', a: 0, b: 0, c: 0 },
    { kind: 'grantQueue', a: 1, b: 0, c: 0 },
    { kind: 'move', a: 1, b: 0, c: 0 },
  ],
  [
    { kind: 'grantCluster', a: 0, b: 2, c: 0 },
    { kind: 'readmit', a: 0, b: 0, c: 0 },
  ],
];

function check(program: Program, runs: number): void {
  fc.assert(
    fc.property(steps, (drawn) => {
      holds(program, drawn);
    }),
    { numRuns: runs, examples: EXAMPLES.map((example) => [[...example]]) },
  );
}

test('reach says yes if and only if doing gets there', () => {
  check(new Program(ORIGINAL), RUNS);
});

test('the random organizations show both answers, and ways of several steps', () => {
  const program = new Program(ORIGINAL);
  const lengths = new Set<number>();
  for (const drawn of fc.sample(steps, { numRuns: 40, seed: 5 })) {
    const organization = makeOrganization(program, drawn);
    for (const user of organization.users) {
      for (const queueId of organization.queues) {
        const way = waysByDoing(program, organization, user, queueId);
        lengths.add(way === null ? -1 : way.length);
      }
    }
  }
  expect([...lengths].sort()).toEqual(expect.arrayContaining([-1, 0, 1]));
});

/** Also stops what would be caught before it does harm. */
const UNGUARDED: Edit = {
  file: 'commands/judge.js',
  find: '(0, prolonging_1.checkProlonging)(world, identified, asks, plan.events) ??',
  replace: '',
};

const MUTANTS: readonly Mutant[] = [
  {
    name: 'a team MAINTAINER may switch pipeline creation on',
    file: 'commands/handlers/team.js',
    find: 'if (lets === undefined)',
    replace: 'if (lets !== null)',
  },
  {
    name: 'build without cluster:use',
    file: 'access/rules/pipeline.js',
    find: '(0, rule_1.bothOf)(grantedBuild, usesItsCluster)',
    replace: 'grantedBuild',
  },
  {
    name: 'queue grants survive a move',
    file: 'commands/handlers/pipeline.js',
    find: "(0, plan_1.after)((0, endings_1.endings)(world, pipelineId, ['queueGrant']), moved)",
    replace: 'moved',
    also: [UNGUARDED],
  },
  {
    name: "grants survive a member's removal",
    file: 'commands/handlers/member.js',
    find: '(0, plan_1.after)((0, endings_1.endings)(world, member.id), decided)',
    replace: 'decided',
  },
];

test.each(MUTANTS)('a defect is noticed: $name', (mutant) => {
  const build = buildMutant(mutant);
  try {
    expect(() => {
      check(new Program(build), EXAMPLES.length);
    }).toThrow();
  } finally {
    build.remove();
  }
});
