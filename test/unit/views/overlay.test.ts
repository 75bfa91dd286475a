import { RELATIONS, type Fact, type Facts } from '../../../src/access/facts';
import type { CommandName, Inputs } from '../../../src/commands/inputs';
import { Overlay } from '../../../src/views/overlay/overlay';
import { MemoryOrganization } from '../../support/memory-organization';

function setUp() {
  const acme = new MemoryOrganization();
  const { admin, id: organizationId } = acme;
  const { userId } = acme.member();
  const named = (slug: string) => ({ organizationId, slug, name: slug });
  const teamId = acme.do(admin, 'teamCreate', named('ops'))['teamId']!;
  const clusterId = acme.do(admin, 'clusterCreate', named('a'))['clusterId']!;
  const queue = { clusterId, key: 'kept', mode: 'RESTRICTED' } as const;
  const queueId = acme.do(admin, 'clusterQueueCreate', queue)['queueId']!;
  const pipeline = { ...named('p'), clusterId, teamId };
  const pipelineId = acme.do(admin, 'pipelineCreate', pipeline)['pipelineId']!;
  acme.do(admin, 'teamMemberAdd', { teamId, userId, role: 'MEMBER' });
  acme.do(admin, 'queuePipelineGrant', { queueId, pipelineId, branches: ['main'] });
  return { acme, admin, organizationId, userId, teamId, clusterId, queueId, pipelineId };
}

const cases: readonly [CommandName, (ids: ReturnType<typeof setUp>) => object][] = [
  ['clusterQueueUpdate', ({ queueId }) => ({ queueId, key: 'all', mode: 'OPEN' })],
  ['pipelineMove', ({ pipelineId }) => ({ pipelineId, clusterId: null })],
  ['pipelineArchive', ({ pipelineId }) => ({ pipelineId })],
  ['pipelineCreate', ({ organizationId }) => ({ organizationId, slug: 'q', name: 'Q' })],
  ['clusterGrant', ({ clusterId, teamId }) => ({ clusterId, teamId, level: 'USE' })],
  ['teamUpdate', ({ teamId }) => ({ teamId, membersCanCreatePipelines: true })],
  ['organizationMemberRemove', ({ userId }) => ({ userId })],
  ['teamDelete', ({ teamId }) => ({ teamId })],
];

test.each(cases)('%s: the facts are what they are once it was done', (mutation, inputOf) => {
  const all = setUp();
  const { acme, admin } = all;
  const before = acme.world;
  const input = inputOf(all) as Inputs[typeof mutation];
  const { events } = acme.plan(admin, mutation, input);
  const overlay = new Overlay(before);
  overlay.apply(events, { kind: 'MEMBER', id: admin.userId });
  const ids = [...new Set(acme.world.openFacts().flatMap((fact) => [fact.subject, fact.object]))];
  const changed = told(overlay.facts, ids);
  expect(changed).toEqual(told(acme.world.facts, ids));
  expect(changed).not.toEqual(told(before.facts, ids));
});

/** All that Facts tell about these ids, in one order. */
function told(facts: Facts, ids: readonly string[]): readonly string[] {
  const found: string[] = [];
  const tell = (call: string, some: readonly object[]) => {
    for (const one of some) found.push(`${call} ${JSON.stringify(one)}`);
  };
  for (const relation of RELATIONS) {
    for (const id of ids) {
      tell(`of ${id}`, facts.of(id, relation));
      tell(`on ${id}`, facts.on(id, relation));
      tell(`on ${id} at USE`, facts.on(id, relation, 'USE'));
      for (const other of ids) {
        tell(`between ${id} ${other}`, facts.between(id, relation, other));
        if (id.startsWith('usr')) tell(`held ${id} ${other}`, facts.held(id, relation, other));
      }
    }
  }
  return found.sort();
}

test('a fact that opens and closes within one plan is in neither', () => {
  const { acme, admin, organizationId, teamId } = setUp();
  const before = acme.world;
  const grantOf = (fact: Pick<Fact, 'relation'>) => fact.relation === 'pipelineGrant';
  const created = acme.plan(admin, 'pipelineCreate', { organizationId, slug: 'q', name: 'Q' });
  const { grantId } = created.ids;
  const revoked = acme.plan(admin, 'pipelineRevoke', { grantId: grantId! });
  const actor = { kind: 'MEMBER', id: admin.userId } as const;
  const overlay = new Overlay(before);
  overlay.apply([...created.events, ...revoked.events], actor);
  expect(overlay.changedFacts().filter(grantOf)).toEqual([]);
  expect(overlay.facts.of(teamId, 'pipelineGrant')).toHaveLength(1);
});
