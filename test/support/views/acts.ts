import { RefusalsCounted } from '../../../src/domain/agent/events';
import { ClusterUpdated } from '../../../src/domain/cluster/events';
import type { ClusterId, PipelineId, QueueId, TeamId, UserId } from '../../../src/domain/id';
import { MemberUpdated } from '../../../src/domain/member/events';
import { OrganizationUpdated, RulesAdopted } from '../../../src/domain/organization/events';
import { PipelineUpdated } from '../../../src/domain/pipeline/events';
import { QueueResumed, QueueUpdated } from '../../../src/domain/queue/events';
import { TeamUpdated } from '../../../src/domain/team/events';
import type { Act } from '../access/history-builder';

/** What changes entities without changing who may do what. */
export const updateActs = {
  organizationUpdate: (builder, { a }) => {
    const { organizationId } = builder;
    const slug = `organization-${a % 3}`;
    builder.record(OrganizationUpdated.make({ organizationId, slug }, { name: `Name ${a}` }));
  },
  rulesAdopt: (builder, { a }) => {
    const { organizationId } = builder;
    builder.record(RulesAdopted.make({ organizationId, rulesVersion: 1 + (a % 3) }));
  },
  memberUpdate: (builder, { a, b }) => {
    const member = builder.pick('member', a);
    if (member === undefined) return;
    const personal = b % 2 === 0 ? { name: `Name ${b}` } : { email: 'a@example.com' };
    builder.record(MemberUpdated.make({ userId: member.id as UserId }, personal));
  },
  teamUpdate: (builder, { a, b }) => {
    const team = builder.pick('team', a);
    if (team === undefined) return;
    const slug = `team-${b % 2}`;
    builder.record(TeamUpdated.make({ teamId: team.id as TeamId, slug }, { name: `Name ${b}` }));
  },
  clusterUpdate: (builder, { a, b }) => {
    const [cluster, queue] = [builder.pick('cluster', a), builder.pick('queue', b)];
    if (cluster === undefined) return;
    const defaultQueueId = (queue?.id ?? null) as QueueId | null;
    builder.record(
      ClusterUpdated.make(
        { clusterId: cluster.id as ClusterId, slug: `cluster-${b % 2}`, defaultQueueId },
        { description: `Text ${b}` },
      ),
    );
  },
  queueUpdate: (builder, { a, b }) => {
    const queue = builder.pick('queue', a);
    if (queue === undefined) return;
    const ids = { queueId: queue.id as QueueId, clusterId: queue.names[0] as ClusterId };
    builder.record(QueueUpdated.make({ ...ids, key: `queue-${b % 2}` }));
  },
  queueResume: (builder, { a }) => {
    const queue = builder.pick('queue', a);
    if (queue === undefined) return;
    const clusterId = queue.names[0] as ClusterId;
    builder.record(QueueResumed.make({ queueId: queue.id as QueueId, clusterId }));
  },
  pipelineUpdate: (builder, { a, b }) => {
    const pipeline = builder.pick('pipeline', a);
    if (pipeline === undefined) return;
    const pipelineId = pipeline.id as PipelineId;
    builder.record(
      PipelineUpdated.make({ pipelineId, slug: `pipeline-${b % 2}` }, { name: `Name ${b}` }),
    );
  },
  refusals: (builder, { a }) => {
    const { organizationId, instant } = builder;
    builder.record(
      RefusalsCounted.make({
        ...{ organizationId, caller: 'somebody', operation: 'clusterGrant', code: 'FORBIDDEN' },
        ...{ count: a + 1, since: instant },
      }),
    );
  },
} satisfies Record<string, Act>;
