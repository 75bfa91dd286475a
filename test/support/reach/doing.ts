import type { MutationName } from '../../../src/access/operations';
import type { Caller } from '../../../src/commands/protocol';
import type { MemoryWorld } from '../memory-world';
import type { Program } from './program';
import type { SmallOrganization } from './small-organization';

export type Move = readonly [mutation: MutationName, input: object];
export type User = Extract<Caller, { kind: 'MEMBER' }>;

const BRANCHES = ['main', 'release/1', 'other'];
const DEPTH = 3;

/**
 * The mutations that found an own way to the queue, breadth-first up to three, or null. The way is
 * found when there is a pipeline that the user may build and that may run there on some branch.
 *
 * Tried is every mutation that could change what the user holds or what a pipeline may do; what
 * only concerns other people cannot help.
 */
export function waysByDoing(
  program: Program,
  organization: SmallOrganization,
  user: User,
  queueId: string,
): readonly MutationName[] | null {
  let level: { world: MemoryWorld; way: readonly MutationName[] }[] = [
    { world: organization.world, way: [] },
  ];
  const seen = new Set<string>([fingerprint(organization.world)]);
  for (let depth = 0; ; depth += 1) {
    for (const { world, way } of level) {
      if (runs(program, world, user, queueId)) return way;
    }
    if (depth === DEPTH) return null;
    const next: typeof level = [];
    for (const { world, way } of level) {
      for (const [mutation, input] of movesOf(organization, world, user)) {
        const step = program.try(world, user, mutation, input);
        if (typeof step === 'string') continue;
        const mark = fingerprint(step.world);
        if (seen.has(mark)) continue;
        seen.add(mark);
        next.push({ world: step.world, way: [...way, mutation] });
      }
    }
    level = next;
  }
}

function runs(program: Program, world: MemoryWorld, user: User, queueId: string): boolean {
  return pipelinesOf(world).some(
    (pipelineId) =>
      program.userMay(world, user.userId, 'pipeline:build', pipelineId) &&
      BRANCHES.some((branch) => program.pipelineMayRun(world, pipelineId, queueId, branch)),
  );
}

function pipelinesOf(world: MemoryWorld): readonly string[] {
  return [...world.entities()].filter(([, { kind }]) => kind === 'pipeline').map(([id]) => id);
}

/** Ids of what was made on the way differ with its order; for access only the facts count. */
function fingerprint(world: MemoryWorld): string {
  const text = world
    .openFacts()
    .map(({ subject, relation, object, level, detail }) =>
      JSON.stringify([subject, relation, object, level, detail]),
    );
  return [...new Set(text)].sort().join('\n');
}

/** Every mutation that could change what the user holds or what a pipeline may do. */
export function* movesOf(
  organization: SmallOrganization,
  world: MemoryWorld,
  user: User,
): Generator<Move> {
  const { teams, clusters, queues } = organization;
  const { organizationId } = world;
  const pipelines = pipelinesOf(world);
  const { userId } = user;
  const holders = [{ userId }, ...teams.map((teamId) => ({ teamId }))];
  yield ['organizationUpdate', { organizationId, membersCanCreatePipelines: true }];
  yield ['organizationMemberUpdate', { userId, role: 'ADMIN' }];
  for (const teamId of teams) {
    yield ['teamUpdate', { teamId, membersCanCreatePipelines: true }];
    yield ['teamMemberAdd', { teamId, userId, role: 'MAINTAINER' }];
  }
  for (const [id, { kind, state }] of world.entities()) {
    if (kind === 'teamMember' && 'role' in state) {
      yield ['teamMemberUpdate', { teamMemberId: id, role: 'MAINTAINER' }];
    }
  }
  for (const clusterId of clusters) {
    for (const holder of holders) {
      yield ['clusterMaintainerAdd', { clusterId, ...holder }];
      yield ['clusterGrant', { clusterId, ...holder, level: 'USE' }];
    }
    const made = { organizationId, clusterId, name: 'Made' };
    const slug = `made-${String(pipelines.length)}`;
    if (pipelines.length < 4) {
      yield ['pipelineCreate', { ...made, slug }];
      for (const teamId of teams) yield ['pipelineCreate', { ...made, slug, teamId }];
    }
  }
  for (const queueId of queues) {
    yield ['clusterQueueUpdate', { queueId, mode: 'OPEN' }];
    for (const pipelineId of pipelines) yield ['queuePipelineGrant', { queueId, pipelineId }];
  }
  for (const pipelineId of pipelines) {
    yield ['pipelineUnarchive', { pipelineId }];
    for (const clusterId of [...clusters, null]) yield ['pipelineMove', { pipelineId, clusterId }];
    for (const holder of holders) {
      for (const level of ['BUILD', 'MANAGE']) {
        yield ['pipelineGrant', { pipelineId, ...holder, level }];
      }
    }
  }
}
