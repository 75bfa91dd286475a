import { MemoryOrganization, STARTED_AT } from '../../../support/memory-organization';

function withClusters() {
  const acme = new MemoryOrganization();
  const { admin, id: organizationId } = acme;
  const make = (slug: string) =>
    acme.do(admin, 'clusterCreate', { organizationId, slug, name: slug })['clusterId']!;
  const [clusterId, otherId] = [make('a'), make('b')];
  const team = { organizationId, slug: 'ops', name: 'Ops', membersCanCreatePipelines: true };
  const teamId = acme.do(admin, 'teamCreate', team)['teamId']!;
  acme.do(admin, 'clusterGrant', { clusterId, teamId, level: 'USE' });
  const member = acme.member();
  acme.do(admin, 'teamMemberAdd', { teamId, userId: member.userId, role: 'MEMBER' });
  const pipeline = { organizationId, clusterId, slug: 'api', name: 'API' };
  return { acme, admin, organizationId, clusterId, otherId, teamId, member, pipeline };
}

describe('creation', () => {
  test('gives MANAGE to the creator, or to the team named', () => {
    const { acme, member, teamId, pipeline } = withClusters();
    const own = acme.do(member, 'pipelineCreate', pipeline);
    expect(acme.world.get('pipelineGrant', own['grantId']!)).toMatchObject({
      pipelineId: own['pipelineId'],
      holderId: member.userId,
      level: 'MANAGE',
      expiresAt: null,
    });
    const ofTeam = acme.do(member, 'pipelineCreate', { ...pipeline, slug: 'web', teamId });
    expect(acme.world.get('pipelineGrant', ofTeam['grantId']!)?.holderId).toBe(teamId);
    expect(acme.world.facts.between(member.userId, 'pipelineGrant', ofTeam['pipelineId']!)).toEqual(
      [],
    );
  });

  test('goes to a team the creator is in, or manages', () => {
    const { acme, admin, organizationId, member, pipeline } = withClusters();
    const team = { organizationId, slug: 'dev', name: 'Dev' };
    const teamId = acme.do(admin, 'teamCreate', team)['teamId']!;
    for (const id of [teamId, acme.newId('tea')]) {
      const input = { ...pipeline, teamId: id };
      acme.refused(member, 'pipelineCreate', input, 'NOT_FOUND', 'teamId');
    }
    acme.do(admin, 'pipelineCreate', { ...pipeline, teamId });
  });

  test('names a team that lends the right, unless the right comes from elsewhere', () => {
    const { acme, admin, organizationId, clusterId, member, pipeline } = withClusters();
    const { userId } = member;
    const team = { organizationId, slug: 'dev', name: 'Dev' };
    const teamId = acme.do(admin, 'teamCreate', team)['teamId']!;
    acme.do(admin, 'teamMemberAdd', { teamId, userId, role: 'MAINTAINER' });
    const create = { ...pipeline, teamId };
    acme.refused(member, 'pipelineCreate', create, 'NOT_ELIGIBLE', 'teamId');
    acme.do(admin, 'clusterGrant', { clusterId, teamId, level: 'USE' });
    acme.refused(member, 'pipelineCreate', create, 'NOT_ELIGIBLE', 'teamId');
    acme.do(admin, 'organizationUpdate', { organizationId, membersCanCreatePipelines: true });
    acme.do(member, 'pipelineCreate', create);
    acme.do(admin, 'organizationUpdate', { organizationId, membersCanCreatePipelines: false });
    acme.do(admin, 'clusterMaintainerAdd', { clusterId, userId });
    acme.do(member, 'pipelineCreate', { ...create, slug: 'second' });
  });

  describe('by a right that ends', () => {
    const friday = STARTED_AT + 5 * 86_400_000;

    /** A caller who may create by a team's USE until the one instant, in that team until the other. */
    function until(useEnds: number | null, membershipEnds: number | null) {
      const all = withClusters();
      const { acme, admin, organizationId, clusterId, pipeline } = all;
      const team = { organizationId, slug: 'sre', name: 'SRE', membersCanCreatePipelines: true };
      const teamId = acme.do(admin, 'teamCreate', team)['teamId']!;
      acme.do(admin, 'clusterGrant', { clusterId, teamId, level: 'USE', expiresAt: useEnds });
      const caller = acme.member();
      const joins = { teamId, userId: caller.userId, role: 'MEMBER' } as const;
      acme.do(admin, 'teamMemberAdd', { ...joins, expiresAt: membershipEnds });
      const end = (input: object) => {
        const { grantId } = acme.do(caller, 'pipelineCreate', { ...pipeline, ...input });
        return acme.world.get('pipelineGrant', grantId!)?.expiresAt;
      };
      return { ...all, teamId, caller, end };
    }

    test('gives MANAGE for as long as the right lasts', () => {
      expect(until(friday, null).end({})).toBe(friday);
      expect(until(friday, friday - 1).end({})).toBe(friday - 1);
      expect(until(null, null).end({})).toBeNull();
    });

    test('gives a team MANAGE for as long as the team has the right', () => {
      const brief = until(null, friday);
      expect(brief.end({ teamId: brief.teamId })).toBeNull();
      const both = until(friday, friday - 1);
      expect(both.end({ teamId: both.teamId })).toBe(friday);
    });

    test('goes by the longest of several ways', () => {
      const { acme, admin, clusterId, caller, end } = until(friday, null);
      const { userId } = caller;
      acme.do(admin, 'clusterMaintainerAdd', { clusterId, userId, expiresAt: friday + 9 });
      expect(end({})).toBe(friday + 9);
    });

    test('leaves nothing of it once it has ended', () => {
      const { acme, admin, clusterId, caller, pipeline } = until(friday, null);
      acme.do(admin, 'clusterQueueCreate', { clusterId, key: 'all', mode: 'OPEN' });
      acme.do(admin, 'clusterGrant', { clusterId, userId: caller.userId, level: 'USE' });
      const { pipelineId } = acme.do(caller, 'pipelineCreate', pipeline);
      acme.do(caller, 'pipelineUpdate', { pipelineId: pipelineId!, name: 'Mine' });
      acme.wait(friday - acme.world.now);
      const update = { pipelineId: pipelineId!, name: 'Still mine' };
      acme.refused(caller, 'pipelineUpdate', update, 'NOT_FOUND', 'pipelineId');
    });
  });

  test('is denied where the rule does not allow it, and in no cluster to all but ADMINs', () => {
    const { acme, admin, otherId, member, pipeline } = withClusters();
    const { organizationId, slug, name } = pipeline;
    const nowhere = { organizationId, slug, name };
    acme.refused(
      member,
      'pipelineCreate',
      { ...pipeline, clusterId: otherId },
      'NOT_FOUND',
      'clusterId',
    );
    acme.refused(member, 'pipelineCreate', nowhere, 'FORBIDDEN');
    acme.refused(member, 'pipelineCreate', { ...nowhere, clusterId: null }, 'FORBIDDEN');
    const stranger = acme.member();
    acme.refused(stranger, 'pipelineCreate', pipeline, 'NOT_FOUND', 'clusterId');
    const pipelineId = acme.do(admin, 'pipelineCreate', nowhere)['pipelineId']!;
    expect(acme.world.get('pipeline', pipelineId)?.clusterId).toBeNull();
  });

  test('is of this organization', () => {
    const { acme, admin, pipeline } = withClusters();
    const foreign = { ...pipeline, organizationId: acme.newId('org') };
    acme.refused(admin, 'pipelineCreate', foreign, 'NOT_FOUND', 'organizationId');
  });

  test('takes a slug that no pipeline ever had', () => {
    const { acme, admin, pipeline } = withClusters();
    const pipelineId = acme.do(admin, 'pipelineCreate', pipeline)['pipelineId']!;
    acme.do(admin, 'pipelineUpdate', { pipelineId, slug: 'api-2' });
    acme.refused(admin, 'pipelineCreate', pipeline, 'TAKEN', 'slug');
  });
});

describe('moves', () => {
  function withPipeline() {
    const all = withClusters();
    const pipelineId = all.acme.do(all.member, 'pipelineCreate', all.pipeline)['pipelineId']!;
    return { ...all, pipelineId };
  }

  test('need MANAGE and pipeline:create in the target', () => {
    const { acme, admin, member, teamId, otherId, pipelineId } = withPipeline();
    const move = { pipelineId, clusterId: otherId };
    acme.refused(member, 'pipelineMove', move, 'NOT_FOUND', 'clusterId');
    acme.do(admin, 'clusterGrant', { clusterId: otherId, teamId, level: 'VIEW' });
    acme.refused(member, 'pipelineMove', move, 'FORBIDDEN');
    acme.do(admin, 'clusterGrant', { clusterId: otherId, teamId, level: 'USE' });
    acme.do(member, 'pipelineMove', move);
    expect(acme.world.get('pipeline', pipelineId)?.clusterId).toBe(otherId);
  });

  test('to an unknown cluster, or of an unknown pipeline, are refused as such', () => {
    const { acme, admin, member, otherId, pipelineId } = withPipeline();
    for (const clusterId of [acme.newId('clu'), 'clu_x', '']) {
      for (const caller of [admin, member]) {
        const move = { pipelineId, clusterId };
        acme.refused(caller, 'pipelineMove', move, 'NOT_FOUND', 'clusterId');
      }
    }
    const unknown = { pipelineId: acme.newId('pip'), clusterId: otherId };
    acme.refused(admin, 'pipelineMove', unknown, 'NOT_FOUND', 'pipelineId');
  });

  test('out of every cluster are open to who manages the pipeline or the cluster', () => {
    const { acme, admin, clusterId, pipelineId, member } = withPipeline();
    const out = { pipelineId, clusterId: null };
    const lead = acme.member();
    acme.refused(lead, 'pipelineMove', out, 'NOT_FOUND', 'pipelineId');
    acme.do(admin, 'clusterMaintainerAdd', { clusterId, userId: lead.userId });
    acme.do(member, 'pipelineArchive', { pipelineId });
    acme.do(lead, 'pipelineMove', out);
    expect(acme.plan(member, 'pipelineMove', out).events).toEqual([]);
  });

  test('of an archived pipeline into a cluster wait until it is unarchived', () => {
    const { acme, admin, otherId, pipelineId } = withPipeline();
    acme.do(admin, 'pipelineArchive', { pipelineId });
    const move = { pipelineId, clusterId: otherId };
    acme.refused(admin, 'pipelineMove', move, 'ARCHIVED', 'pipelineId');
    acme.do(admin, 'pipelineUnarchive', { pipelineId });
    acme.do(admin, 'pipelineMove', move);
  });
});

describe('grants', () => {
  function withPipeline() {
    const all = withClusters();
    const pipelineId = all.acme.do(all.member, 'pipelineCreate', all.pipeline)['pipelineId']!;
    return { ...all, pipelineId };
  }

  test('are given by who manages the pipeline, not by who builds it', () => {
    const { acme, member, pipelineId, teamId } = withPipeline();
    const builder = acme.member();
    acme.do(member, 'pipelineGrant', { pipelineId, userId: builder.userId, level: 'BUILD' });
    acme.refused(builder, 'pipelineGrant', { pipelineId, teamId, level: 'READ' }, 'FORBIDDEN');
    acme.refused(builder, 'pipelineArchive', { pipelineId }, 'FORBIDDEN');
    acme.refused(builder, 'pipelineUpdate', { pipelineId, name: 'X' }, 'FORBIDDEN');
  });

  test('are one for each level, are revoked, and are not given while archived', () => {
    const { acme, member, pipelineId, teamId } = withPipeline();
    const grant = { pipelineId, teamId, level: 'READ' } as const;
    const grantId = acme.do(member, 'pipelineGrant', grant)['grantId']!;
    acme.refused(member, 'pipelineGrant', grant, 'ALREADY_EXISTS');
    acme.do(member, 'pipelineGrant', { ...grant, level: 'BUILD' });
    acme.do(member, 'pipelineArchive', { pipelineId });
    const more = { ...grant, level: 'MANAGE' } as const;
    acme.refused(member, 'pipelineGrant', more, 'ARCHIVED', 'pipelineId');
    acme.do(member, 'pipelineRevoke', { grantId });
    expect(acme.world.get('pipelineGrant', grantId)).toBeUndefined();
  });

  test('to an AUDITOR are refused', () => {
    const { acme, member, pipelineId } = withPipeline();
    const { userId } = acme.member('AUDITOR');
    const grant = { pipelineId, userId, level: 'READ' } as const;
    acme.refused(member, 'pipelineGrant', grant, 'NOT_ELIGIBLE', 'userId');
  });
});
