import type { Action } from '../../../src/access/actions';
import type { PairDifference } from '../../../src/access/difference/blocks';
import type { Moment } from '../../../src/access/facts';
import type { Principal } from '../../../src/access/question';
import { ReferenceAccess } from './access';
import { ReferenceOrganization, type RawLedgers } from './organization';

/** What is compared, by the kind of thing: for members, and for pipelines. */
const MEMBERS_MAY: Readonly<Record<string, readonly Action[]>> = {
  organization: [
    ...(['organization:read', 'organization:manage', 'member:manage'] as const),
    ...(['pipeline-creation:manage', 'audit:read', 'team:create', 'cluster:create'] as const),
  ],
  team: ['team:delete', 'team:read', 'team:manage'],
  cluster: [
    ...(['cluster:delete', 'cluster:maintainers', 'cluster:use', 'cluster:read'] as const),
    ...(['cluster:manage', 'cluster:reach', 'pipeline:create'] as const),
  ],
  queue: ['queue:reach'],
  pipeline: ['pipeline:read', 'pipeline:build', 'pipeline:manage'],
};
const PIPELINES_MAY: Readonly<Record<string, readonly Action[]>> = {
  queue: ['queue:run'],
  agent: ['agent:run'],
};

/** Not at all, on every branch, or on those of some patterns. */
type Extent = 'NONE' | 'EVERY' | readonly string[];

/** One of the two moments. */
interface Side {
  readonly organization: ReferenceOrganization;
  readonly access: ReferenceAccess;
}

/**
 * Who gained and lost what between two moments, by asking everything about everybody at both. The
 * agents are at both those of the first: their coming and going changes nobody's access.
 */
export function referenceDifference(
  { access, activity }: RawLedgers,
  before: Moment,
  after: Moment,
): readonly PairDifference[] {
  const agents = activity.filter(({ recordedAt }) => recordedAt <= before.instant);
  const [was, is] = [before, after].map((moment): Side => {
    const organization = new ReferenceOrganization(access, agents, moment);
    return { organization, access: new ReferenceAccess(organization) };
  }) as [Side, Side];

  const ids = (kind: string): readonly string[] => {
    const both = [...was.organization.all(kind), ...is.organization.all(kind)];
    const live = both.filter((thing) => thing['ended'] !== true);
    return [...new Set(live.map(({ id }) => id))].sort();
  };
  const found: PairDifference[] = [];
  const compare = (kind: 'user' | 'pipeline', subjects: readonly string[]): void => {
    const table = kind === 'user' ? MEMBERS_MAY : PIPELINES_MAY;
    for (const subject of subjects) {
      for (const [thing, actions] of Object.entries(table)) {
        for (const resource of ids(thing)) {
          const differing = actions.flatMap((action) => {
            const principal = { kind, id: subject, scopes: null } as Principal;
            const then = extent(was, principal, action, resource);
            const now = extent(is, principal, action, resource);
            return [
              ...beyond(now, then).map(
                (branches) => ({ action, change: 'GAINED', branches }) as const,
              ),
              ...beyond(then, now).map(
                (branches) => ({ action, change: 'LOST', branches }) as const,
              ),
            ];
          });
          if (differing.length > 0) found.push({ subject, resource, actions: differing });
        }
      }
    }
  };
  compare('pipeline', ids('pipeline'));
  compare('user', ids('member'));
  return found.sort((a, b) =>
    `${a.subject} ${a.resource}` < `${b.subject} ${b.resource}` ? -1 : 1,
  );
}

/** A pattern is itself a branch that it matches. */
function extent(side: Side, principal: Principal, action: Action, resource: string): Extent {
  const question = { principal, action, resource };
  if (side.access.answer(question) === 'ALLOWED') return 'EVERY';
  if (principal.kind !== 'pipeline') return 'NONE';
  const queueId = side.organization.one('agent', resource)?.['queueId'] ?? resource;
  const patterns = side.organization
    .all('queueGrant')
    .filter((grant) => grant['pipelineId'] === principal.id && grant['queueId'] === queueId)
    .flatMap((grant) => grant['branches'] as string[])
    .filter((branch) => side.access.answer({ ...question, branch }) === 'ALLOWED');
  return patterns.length === 0 ? 'NONE' : [...new Set(patterns)].sort();
}

/** What the one has and the other has not, if anything: no patterns for every branch. */
function beyond(one: Extent, other: Extent): readonly (readonly string[])[] {
  if (one === 'NONE' || other === 'EVERY') return [];
  if (one === 'EVERY') return [[]];
  const more = one.filter((pattern) => other === 'NONE' || !other.includes(pattern));
  return more.length === 0 ? [] : [more];
}
