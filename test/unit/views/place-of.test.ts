import { ClusterUpdated } from '../../../src/domain/cluster/events';
import { ClusterCreated } from '../../../src/domain/cluster/events';
import { MemberAdded } from '../../../src/domain/member/events';
import { PipelineCreated, PipelineMoved } from '../../../src/domain/pipeline/events';
import { QueueCreated, QueueUpdated } from '../../../src/domain/queue/events';
import {
  TeamCreated,
  TeamDeleted,
  TeamMemberAdded,
  TeamUpdated,
} from '../../../src/domain/team/events';
import { changeBy, id, ORGANIZATION } from '../../support/views/given';

const teamId = id('tea', 1);
const clusterId = id('clu', 1);
const queueId = id('que', 1);
const pipelineId = id('pip', 1);

const teamCreated = TeamCreated.make(
  { teamId, slug: 'web', membersCanCreatePipelines: false },
  { name: 'Web' },
);
const clusterCreated = ClusterCreated.make(
  { clusterId, slug: 'build', emoji: null, color: null },
  { name: 'Build' },
);
const queueCreated = QueueCreated.make({ queueId, clusterId, key: 'default', mode: 'OPEN' });
const pipelineCreated = PipelineCreated.make(
  { pipelineId, slug: 'site', clusterId },
  { name: 'Site', repository: null },
);

describe('where an entity stands in lists', () => {
  test('people by their name in lower case, whatever its case', () => {
    const userId = id('usr', 1);
    const personal = { name: 'Zoë Ångström', email: null };
    const change = changeBy(MemberAdded.make({ userId, role: 'MEMBER', kind: 'PERSON' }, personal));
    const place = { parent: ORGANIZATION, other: null, sort: 'zoë ångström' };
    expect(change?.after?.place).toEqual(place);
  });

  test('pipelines under the organization and under their cluster, also after a move', () => {
    expect(changeBy(pipelineCreated)?.after?.place).toEqual({
      ...{ parent: ORGANIZATION, other: clusterId, sort: 'site' },
    });
    const moved = PipelineMoved.make({ pipelineId, fromClusterId: clusterId, clusterId: null });
    expect(changeBy(moved, pipelineCreated)?.after?.place).toMatchObject({ other: null });
  });

  test('queues by key, teams and clusters by slug', () => {
    expect(changeBy(queueCreated)?.after?.place).toMatchObject({
      ...{ parent: clusterId, sort: 'default' },
    });
    expect(changeBy(teamCreated)?.after?.place).toMatchObject({ sort: 'web' });
    expect(changeBy(clusterCreated)?.after?.place).toMatchObject({ sort: 'build' });
  });

  test('memberships by the fact that they state', () => {
    const ids = { teamMemberId: id('tmb', 1), teamId, userId: id('usr', 1) };
    const added = TeamMemberAdded.make({ ...ids, role: 'MEMBER', expiresAt: null });
    expect(changeBy(added)?.after?.place).toEqual({ parent: null, other: null, sort: null });
  });

  test('nowhere once it ended', () => {
    expect(changeBy(TeamDeleted.make({ teamId }), teamCreated)?.after).toBeNull();
  });
});

describe('the name that an event takes', () => {
  test('a slug or key at creation, in its scope', () => {
    expect(changeBy(teamCreated)?.takes).toEqual({ scope: 'team', name: 'web' });
    expect(changeBy(clusterCreated)?.takes).toEqual({ scope: 'cluster', name: 'build' });
    expect(changeBy(pipelineCreated)?.takes).toEqual({ scope: 'pipeline', name: 'site' });
    const scope = `queue:${clusterId}`;
    expect(changeBy(queueCreated)?.takes).toEqual({ scope, name: 'default' });
  });

  test('a new one at a renaming, none where the name stays', () => {
    const renamed = TeamUpdated.make({ teamId, slug: 'other' });
    expect(changeBy(renamed, teamCreated)?.takes).toEqual({ scope: 'team', name: 'other' });
    const same = TeamUpdated.make({ teamId, slug: 'web' }, { name: 'Other' });
    expect(changeBy(same, teamCreated)?.takes).toBeNull();
    const colored = ClusterUpdated.make({ clusterId, color: '#ff0000' });
    expect(changeBy(colored, clusterCreated)?.takes).toBeNull();
    const keyed = QueueUpdated.make({ queueId, clusterId, key: 'deploy' });
    expect(changeBy(keyed, queueCreated)?.takes?.name).toBe('deploy');
  });
});

test('an event of an entity that is not there changes nothing', () => {
  expect(changeBy(TeamUpdated.make({ teamId, slug: 'other' }))).toBeNull();
  expect(changeBy(TeamDeleted.make({ teamId }))).toBeNull();
});
