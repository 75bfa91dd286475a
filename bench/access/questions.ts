import type { Action } from '../../src/access/actions';
import type { Principal } from '../../src/access/question';
import type { PipelineId, UserId } from '../../src/domain/id';
import type { BenchOrganization } from './organization';
import { pick, seededRandom } from './random';

/** One question and its answer, which follows from how the organization was made. */
export interface BenchQuestion {
  readonly subjectId: UserId | PipelineId;
  readonly action: Action;
  readonly resourceId: string;
  readonly allowed: boolean;
}

const KINDS = ['cluster:use', 'pipeline:build', 'queue:run'] as const;
export type QuestionKind = (typeof KINDS)[number] | 'queue:reach';

/** Uniform over users and clusters, every kind as often, half of them allowed. */
export function drawQuestions(
  organization: BenchOrganization,
  count: number,
  kinds: readonly QuestionKind[] = KINDS,
): readonly BenchQuestion[] {
  const random = seededRandom(3);
  return Array.from({ length: count }, (_, index) =>
    draw(organization, pick(kinds, Math.floor(index / 2)), index % 2 === 0, random),
  );
}

function draw(
  { clusters, users }: BenchOrganization,
  action: QuestionKind,
  allowed: boolean,
  random: (below: number) => number,
): BenchQuestion {
  const cluster = pick(clusters, random(clusters.length));
  if (action === 'queue:run') {
    const subjectId = allowed ? cluster.built : cluster.idle;
    return { subjectId, action, resourceId: cluster.restricted, allowed };
  }
  const resources = {
    'cluster:use': cluster.id,
    'pipeline:build': cluster.built,
    'queue:reach': cluster.restricted,
  };
  const resourceId = resources[action];
  let place = pick(cluster.users, random(cluster.users.length));
  while (!allowed && cluster.users.includes(place)) place = random(users.length);
  return { subjectId: pick(users, place), action, resourceId, allowed };
}

/** The engine's name for the one whom a question is about. */
export function principalOf({ subjectId }: BenchQuestion): Principal {
  return subjectId.startsWith('usr_')
    ? { kind: 'user', id: subjectId as UserId, scopes: null }
    : { kind: 'pipeline', id: subjectId as PipelineId };
}
