import type { Action } from '../../../src/access/actions';
import type { DecisionCode, Question } from '../../../src/access/question';
import type { ReferenceOrganization } from './organization';
import type { Thing } from './thing';

/** The kind of thing that each action is about; actions that members never have are left out. */
const ABOUT: Readonly<Partial<Record<Action, string>>> = {
  'organization:read': 'organization',
  'organization:manage': 'organization',
  'member:manage': 'organization',
  'pipeline-creation:manage': 'organization',
  'audit:read': 'organization',
  'team:create': 'organization',
  'team:delete': 'team',
  'team:read': 'team',
  'team:manage': 'team',
  'cluster:create': 'organization',
  'cluster:delete': 'cluster',
  'cluster:maintainers': 'cluster',
  'cluster:use': 'cluster',
  'cluster:read': 'cluster',
  'cluster:manage': 'cluster',
  'cluster:reach': 'cluster',
  'pipeline:create': 'cluster',
  'pipeline:read': 'pipeline',
  'pipeline:build': 'pipeline',
  'pipeline:manage': 'pipeline',
  'pipeline:move': 'pipeline',
  'queue:reach': 'queue',
  'api-token:create': 'member',
  'api-token:revoke': 'member',
  'api-token:read': 'member',
};

const KINDS = 'organization member team cluster queue pipeline key agent token'.split(' ');

/** The rules for members, one sentence after the other. */
export class ReferenceMembers {
  readonly #org: ReferenceOrganization;

  constructor(organization: ReferenceOrganization) {
    this.#org = organization;
  }

  answer(user: string, question: Question): DecisionCode {
    const { action, resource, targetClusterId: target } = question;
    const about = ABOUT[action];
    if (about === undefined && action !== 'access:ask') return 'DENIED';
    if (!this.#org.one('member', user)) return 'DENIED';
    const kinds = about === undefined ? KINDS : [about];
    const thing = kinds.map((kind) => this.#org.one(kind, resource)).find(Boolean);
    if (thing === undefined || thing['revoked'] === true) return 'NOT_FOUND';
    if (action === 'pipeline:move' && target && !this.#org.one('cluster', target)) {
      return 'NOT_FOUND';
    }
    return this.#may(user, question) ? 'ALLOWED' : 'DENIED';
  }

  #may(user: string, { action, resource: id, about, targetClusterId }: Question): boolean {
    const role = this.#org.one('member', user)?.['role'];
    const admin = role === 'ADMIN';
    const auditor = role === 'AUDITOR';
    switch (action) {
      case 'organization:read':
        return true;
      case 'audit:read':
        return admin || auditor;
      case 'team:read':
        if (admin || auditor || this.#teamsOf(user).includes(id)) return true;
        return this.#managesSomethingOf(user, id);
      case 'team:manage':
        return admin || this.#isTeamMaintainer(user, id);
      case 'cluster:use':
        return this.#use(user, id);
      case 'cluster:read':
        return auditor || this.#use(user, id) || this.#granted(user, 'clusterGrant', id, ['VIEW']);
      case 'cluster:manage':
        return admin || this.#maintains(user, id);
      case 'cluster:reach':
        if (admin || this.#maintains(user, id)) return true;
        return this.#queuesOf(id).some((queue) => this.#reach(user, queue));
      case 'pipeline:create':
        return this.#create(user, id);
      case 'pipeline:read':
        if (admin || auditor || this.#maintains(user, this.#clusterOf(id))) return true;
        return this.#granted(user, 'pipelineGrant', id, ['READ', 'BUILD', 'MANAGE']);
      case 'pipeline:build':
        return this.#build(user, id);
      case 'pipeline:manage':
        return this.#manage(user, id);
      case 'pipeline:move':
        if (targetClusterId === undefined) return false;
        if (targetClusterId !== null) {
          return this.#manage(user, id) && this.#create(user, targetClusterId);
        }
        return this.#manage(user, id) || this.#maintains(user, this.#clusterOf(id));
      case 'queue:reach':
        return this.#queues().some((queue) => queue.id === id && this.#reach(user, queue));
      case 'api-token:create':
        return user === id || (admin && this.#org.one('member', id)?.['kind'] === 'SERVICE');
      case 'api-token:revoke':
        return user === id || admin;
      case 'api-token:read':
        return user === id || admin || auditor;
      case 'access:ask':
        return user === about || admin || auditor || this.#managesAny(user, id);
      default:
        return admin;
    }
  }

  /** An AUDITOR can hold nothing; who is no member holds nothing any more. */
  #holders(user: string): readonly string[] {
    const role = this.#org.one('member', user)?.['role'];
    return role === 'ADMIN' || role === 'MEMBER' ? [user, ...this.#teamsOf(user)] : [];
  }

  #teamsOf(user: string): readonly string[] {
    if (this.#org.one('member', user)?.['role'] === 'AUDITOR') return [];
    return this.#org
      .all('teamMember')
      .filter((membership) => membership['userId'] === user)
      .map((membership) => String(membership['teamId']));
  }

  #isTeamMaintainer(user: string, teamId: string): boolean {
    if (!this.#teamsOf(user).includes(teamId)) return false;
    return this.#org.some('teamMember', { userId: user, teamId, role: 'MAINTAINER' });
  }

  #isAdmin(user: string): boolean {
    return this.#org.some('member', { id: user, role: 'ADMIN' });
  }

  #maintains(user: string, clusterId: unknown): boolean {
    return this.#holders(user).some((holderId) =>
      this.#org.some('maintainer', { clusterId, holderId }),
    );
  }

  #granted(user: string, kind: string, id: unknown, levels: readonly string[]): boolean {
    const object = kind === 'clusterGrant' ? 'clusterId' : 'pipelineId';
    return this.#holders(user).some((holderId) =>
      levels.some((level) => this.#org.some(kind, { [object]: id, holderId, level })),
    );
  }

  #use(user: string, clusterId: unknown): boolean {
    if (this.#isAdmin(user) || this.#maintains(user, clusterId)) return true;
    return this.#granted(user, 'clusterGrant', clusterId, ['USE']);
  }

  #create(user: string, clusterId: unknown): boolean {
    if (this.#isAdmin(user) || this.#maintains(user, clusterId)) return true;
    const lets = { membersCanCreatePipelines: true };
    if (this.#use(user, clusterId) && this.#org.some('organization', lets)) return true;
    return this.#teamsOf(user).some(
      (id) =>
        this.#org.some('team', { id, ...lets }) &&
        this.#org.some('clusterGrant', { clusterId, holderId: id, level: 'USE' }),
    );
  }

  #manage(user: string, pipelineId: string): boolean {
    return this.#isAdmin(user) || this.#granted(user, 'pipelineGrant', pipelineId, ['MANAGE']);
  }

  #build(user: string, pipelineId: string): boolean {
    if (this.#isAdmin(user)) return true;
    const clusterId = this.#clusterOf(pipelineId);
    const granted = this.#granted(user, 'pipelineGrant', pipelineId, ['BUILD', 'MANAGE']);
    return granted && (clusterId === null || this.#use(user, clusterId));
  }

  #reach(user: string, queue: Thing): boolean {
    const clusterId = queue['clusterId'];
    if (this.#isAdmin(user) || this.#maintains(user, clusterId)) return true;
    if (queue['mode'] === 'OPEN' && this.#create(user, clusterId)) return true;
    return this.#org.all('pipeline').some((pipeline) => {
      if (pipeline['clusterId'] !== clusterId || !this.#build(user, pipeline.id)) return false;
      if (pipeline['archived'] === true && !this.#manage(user, pipeline.id)) return false;
      const ids = { pipelineId: pipeline.id, queueId: queue.id };
      return queue['mode'] === 'OPEN' || this.#org.some('queueGrant', ids);
    });
  }

  #managesSomethingOf(user: string, teamId: string): boolean {
    const held = ['maintainer', 'clusterGrant', 'pipelineGrant'].flatMap((kind) =>
      this.#org.all(kind).filter((thing) => thing['holderId'] === teamId),
    );
    return held.some(({ clusterId, pipelineId }) =>
      clusterId === undefined
        ? this.#manage(user, String(pipelineId))
        : this.#maintains(user, clusterId),
    );
  }

  /** Who manages a thing: its team, cluster or pipeline; or the cluster that it is in. */
  #managesAny(user: string, id: string): boolean {
    if (this.#org.one('team', id)) return this.#isTeamMaintainer(user, id);
    if (this.#org.one('cluster', id)) return this.#maintains(user, id);
    if (this.#org.one('pipeline', id)) return this.#manage(user, id);
    const queueId = this.#org.one('agent', id)?.['queueId'];
    const inside = this.#org.one('queue', queueId ?? id) ?? this.#org.one('key', id);
    return inside !== undefined && this.#maintains(user, inside['clusterId']);
  }

  #clusterOf(pipelineId: string): unknown {
    return this.#org.one('pipeline', pipelineId)?.['clusterId'];
  }

  #queues(): readonly Thing[] {
    return this.#org.all('queue');
  }

  #queuesOf(clusterId: string): readonly Thing[] {
    return this.#queues().filter((queue) => queue['clusterId'] === clusterId);
  }
}
