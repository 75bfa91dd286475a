import type { Change } from '../../../src/access/missing/change';
import type { Question } from '../../../src/access/question';
import type { PipelineId, QueueId, TeamId, UserId } from '../../../src/domain/id';
import { ReferenceAccess } from './access';
import type { ReferenceOrganization } from './organization';
import type { Thing } from './thing';

/** The changes to one pair, from the least to the furthest: each counts as all those before it. */
export type Ladder = readonly Change[];

/** How far each ladder is climbed: 0 for not at all. */
type Climb = readonly number[];

/**
 * What would allow what is denied, once more and by search: every change there is is tried, on an
 * organization read from raw events, by the reference's rules. Shares no code with the engine.
 */
export class ReferenceMissing {
  readonly #org: ReferenceOrganization;
  #question: Question;
  #ladders: readonly Ladder[] = [];
  #found: Climb[] = [];
  readonly #searched = new Set<string>();
  #allowed = new Map<string, boolean>();

  constructor(organization: ReferenceOrganization, question: Question) {
    this.#org = organization;
    this.#question = question;
  }

  /** Every smallest set of changes that would allow it: none where nothing helps. */
  sets(): readonly (readonly Change[])[] {
    const { principal, action, resource } = this.#question;
    if (principal.kind !== 'user' && principal.kind !== 'pipeline') return [];
    const code = new ReferenceAccess(this.#org).answer(this.#question);
    if (code === 'NOT_FOUND' || code === 'ALLOWED') return [];
    const known = this.#org.one(principal.kind === 'user' ? 'member' : 'pipeline', principal.id);
    if (known === undefined) return [];
    this.#ladders =
      principal.kind === 'user'
        ? laddersOfMember(this.#org, principal.id)
        : laddersOfPipeline(this.#org, principal.id, resource, this.#question.branch);
    if (action !== 'organization:create') this.#search(this.#ladders.map(({ length }) => length));
    if (this.#found.length > 0) return this.#found.map((climb) => this.#changes(climb));
    if (principal.kind === 'pipeline' || known['role'] === 'ADMIN') return [];
    for (const role of ['AUDITOR', 'ADMIN'] as const) {
      const changes = [{ kind: 'CHANGE_ROLE', userId: principal.id, role }] as const;
      if (known['role'] !== role && this.flips(changes)) return [changes];
    }
    return [];
  }

  /** True if the changes would allow it, as far as mutations make them. */
  flips(changes: readonly Change[]): boolean {
    const changed = new ReferenceAccess(this.#org.with(changes));
    return changed.answer(this.#question) === 'ALLOWED';
  }

  /** What goes less far by one step of one change: if none of these flips, nothing smaller does. */
  smaller(set: readonly Change[]): readonly (readonly Change[])[] {
    return set.map((change, at) => {
      const ladder = this.#ladders.find((steps) => steps.some((step) => same(step, change))) ?? [];
      const below = ladder[ladder.findIndex((step) => same(step, change)) - 1];
      return set.flatMap((other, n) => (n !== at ? [other] : below === undefined ? [] : [below]));
    });
  }

  /**
   * Finds one smallest set below the limits. Any other one goes less far on one of its pairs: so
   * the search goes on below each.
   */
  #search(limits: Climb): void {
    const key = limits.join();
    if (this.#searched.has(key)) return;
    this.#searched.add(key);
    const found = this.#found.find((climb) => climb.every((n, at) => n <= (limits[at] ?? 0)));
    const smallest = found ?? this.#shrink(limits);
    if (smallest === null) return;
    if (found === undefined) this.#found.push(smallest);
    smallest.forEach((n, at) => {
      if (n > 0) this.#search(limits.with(at, n - 1));
    });
  }

  /** Leaves out what can be left out: large parts first, then single ladders, then single steps. */
  #shrink(limits: Climb): Climb | null {
    if (!this.#flipsClimb(limits)) return null;
    let climb = limits;
    for (let size = limits.length; size >= 1; size = Math.floor(size / 2)) {
      for (let from = 0; from < climb.length; from += size) {
        const less = climb.map((n, at) => (from <= at && at < from + size ? 0 : n));
        if (less.some((n, at) => n !== climb[at]) && this.#flipsClimb(less)) climb = less;
      }
    }
    climb.forEach((_n, at) => {
      for (let n = climb[at] ?? 0; n > 1; n = climb[at] ?? 0) {
        const less = climb.with(at, n - 1);
        if (!this.#flipsClimb(less)) return;
        climb = less;
      }
    });
    return climb;
  }

  #flipsClimb(climb: Climb): boolean {
    const key = climb.join();
    const known = this.#allowed.get(key) ?? this.flips(this.#changes(climb));
    this.#allowed.set(key, known);
    return known;
  }

  #changes(climb: Climb): readonly Change[] {
    return climb.flatMap((n, at) => this.#ladders[at]?.[n - 1] ?? []);
  }
}

function same(a: Change, b: Change): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** All that can be done for a member, whatever it is that they are denied. */
function laddersOfMember(org: ReferenceOrganization, userId: UserId): readonly Ladder[] {
  const mine = org.all('teamMember').filter((membership) => membership['userId'] === userId);
  const own = mine.map((membership) => membership['teamId'] as TeamId);
  const holders = [userId, ...own];
  const becomes = { kind: 'CHANGE_ROLE', userId, role: 'MEMBER' } as const;
  const auditor = org.some('member', { id: userId, role: 'AUDITOR' });
  const lets = [...org.all('organization'), ...org.all('team')]
    .filter(({ id }) => id.startsWith('org_') || own.includes(id as TeamId))
    .filter((owner) => owner['membersCanCreatePipelines'] !== true);
  return [
    ...(auditor ? [[becomes]] : []),
    ...lets.map(({ id }) => [{ kind: 'LET_MEMBERS_CREATE', ownerId: id as TeamId }] as const),
    ...org.all('team').map((team) => joining(userId, team, mine)),
    ...org.all('cluster').flatMap(({ id }) => holders.map((holder) => onCluster(org, holder, id))),
    ...org
      .all('pipeline')
      .flatMap(({ id }) => holders.map((holder) => onPipeline(org, holder, id))),
    ...opening(org),
    ...org.all('pipeline').flatMap((pipeline) => unarchiving(pipeline)),
    ...org.all('queue').flatMap((queue) =>
      org
        .all('pipeline')
        .filter((pipeline) => pipeline['clusterId'] === queue['clusterId'])
        .filter(({ id }) => !org.some('queueGrant', { pipelineId: id, queueId: queue.id }))
        .map(({ id }) => [grantOnQueue(id, queue.id, [])]),
    ),
  ].filter((ladder) => ladder.length > 0);
}

/** All that can be done for a pipeline that is to run somewhere. */
function laddersOfPipeline(
  org: ReferenceOrganization,
  pipelineId: PipelineId,
  resource: string,
  branch: string | undefined,
): readonly Ladder[] {
  const queue = org.one('queue', org.one('agent', resource)?.['queueId'] ?? resource);
  const pipeline = org.one('pipeline', pipelineId);
  if (!queue || !pipeline) return [];
  const inside = pipeline['clusterId'] === queue['clusterId'];
  const [there] = org
    .all('queueGrant')
    .filter((grant) => grant['pipelineId'] === pipelineId && grant['queueId'] === queue.id);
  const clusterId = queue['clusterId'] as `clu_${string}`;
  const old = (there?.['branches'] ?? []) as readonly string[];
  const grant = grantOnQueue(
    pipelineId,
    queue.id,
    branch === undefined ? [] : [...old, branch],
    inside ? there : undefined,
  );
  return [
    ...(inside ? [] : [[{ kind: 'MOVE_PIPELINE', pipelineId, clusterId } as const]]),
    ...unarchiving(pipeline),
    ...opening(org),
    [grant],
  ];
}

function joining(userId: UserId, team: Thing, mine: readonly Thing[]): Ladder {
  const membership = mine.find(({ teamId }) => teamId === team.id);
  const join = {
    kind: 'JOIN_TEAM',
    userId,
    teamId: team.id as TeamId,
    raises: (membership?.id ?? null) as `tmb_${string}` | null,
  } as const;
  const maintainer = { ...join, role: 'MAINTAINER' } as const;
  if (membership !== undefined) return membership['role'] === 'MEMBER' ? [maintainer] : [];
  return [{ ...join, role: 'MEMBER' }, maintainer];
}

/** What is above all that the holder has on the cluster. */
function onCluster(org: ReferenceOrganization, holderId: UserId | TeamId, id: string): Ladder {
  const clusterId = id as `clu_${string}`;
  const grant = { kind: 'GRANT_CLUSTER', holderId, clusterId } as const;
  if (org.some('maintainer', { holderId, clusterId })) return [];
  const maintainer = { ...grant, level: 'MAINTAINER' } as const;
  if (org.some('clusterGrant', { holderId, clusterId, level: 'USE' })) return [maintainer];
  const use = { ...grant, level: 'USE' } as const;
  if (org.some('clusterGrant', { holderId, clusterId, level: 'VIEW' })) return [use, maintainer];
  return [{ ...grant, level: 'VIEW' }, use, maintainer];
}

function onPipeline(org: ReferenceOrganization, holderId: UserId | TeamId, id: string): Ladder {
  const pipelineId = id as PipelineId;
  const levels = ['READ', 'BUILD', 'MANAGE'] as const;
  const held = levels.map((level) => org.some('pipelineGrant', { holderId, pipelineId, level }));
  const above = levels.slice(held.lastIndexOf(true) + 1);
  return above.map((level) => ({ kind: 'GRANT_PIPELINE', holderId, pipelineId, level }) as const);
}

function opening(org: ReferenceOrganization): readonly Ladder[] {
  return org
    .all('queue')
    .filter((queue) => queue['mode'] !== 'OPEN')
    .map(({ id }) => [{ kind: 'OPEN_QUEUE', queueId: id as QueueId }]);
}

function unarchiving(pipeline: Thing): readonly Ladder[] {
  const change = { kind: 'UNARCHIVE_PIPELINE', pipelineId: pipeline.id as PipelineId } as const;
  return pipeline['archived'] === true ? [[change]] : [];
}

function grantOnQueue(
  pipelineId: string,
  queueId: string,
  branches: readonly string[],
  there?: Thing,
): Change {
  return {
    kind: 'GRANT_QUEUE',
    pipelineId: pipelineId as PipelineId,
    queueId: queueId as QueueId,
    branches,
    expiresAt: (there?.['expiresAt'] ?? null) as number | null,
    replaces: (there?.id ?? null) as `gra_${string}` | null,
  };
}
