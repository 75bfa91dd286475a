import { remembering } from '../access/asker';
import { exists } from '../access/existence';
import type { Fact, Facts, Moment } from '../access/facts';
import { ASSOCIATIONS, grantsIn, isIn } from '../access/review/associations';
import { ineffectiveness } from '../access/review/ineffective';
import { redundancy } from '../access/review/redundant';
import { mayAsk, readsEverything, type Standpoint } from '../access/standpoint';
import type { LongQuestion, Sources } from './questions';
import { Citations, type CitedFact } from './reasons';
import { RememberedAnswers } from './remembered-answers';
import { standpointOf } from './standpoint-of';
import { unusedKeys, unusedTokens, type Unused } from './unused';

/** In the order of a review. */
export const FINDING_KINDS = ['EXPIRED', 'EXPIRING', 'INEFFECTIVE', 'REDUNDANT', 'UNUSED'] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export interface ReviewTold extends ReviewOf {
  readonly first: number;
  readonly after: FindingPlace | null;
}

/** What a review is of. */
interface ReviewOf {
  readonly moment: Moment;
  readonly kinds: readonly FindingKind[];
  /** Null for the whole organization. */
  readonly clusterId: string | null;
  /** How far ahead an expiry is looked for, and how long something was not used: milliseconds. */
  readonly withinMs: number;
  readonly unusedForMs: number;
}

/** Where a finding stands in a review: there is one of a kind for each id. */
export interface FindingPlace {
  readonly kind: FindingKind;
  readonly id: string;
}

interface Finding extends FindingPlace {
  readonly fact: Fact;
  readonly at: number | null;
  readonly message: string;
  readonly grounds: readonly Fact[];
}

/** Something that deserves a look, as far as the asker may see it. */
export interface CitedFinding extends Omit<Finding, 'fact' | 'grounds'> {
  readonly fact: CitedFact;
  readonly grounds: readonly CitedFact[];
  readonly hiddenFactCount: number;
}

export interface Review {
  readonly findings: readonly CitedFinding[];
  readonly hasNextPage: boolean;
  readonly shownCount: number;
  /** How many more findings there are of which the asker may not see both ends. */
  readonly hiddenCount: number;
}

/** What was found, with what nobody may see; some tens of megabytes: so many findings. */
const FOUND = new RememberedAnswers<ReviewOf, readonly Finding[]>({
  weightOf: ({ length }) => length,
  weightMax: 100_000,
});

/**
 * What deserves a look. Null to who may not ask about the cluster, or about the organization, as if
 * there were none. All but what was used is of the one moment.
 */
export const accessReview: LongQuestion<ReviewTold, Review | null> = (sources, by, told) => {
  const standpoint = standpointOf(sources, by, told.moment);
  const { clusterId } = told;
  if (clusterId !== null && !exists(standpoint.facts, 'cluster', clusterId)) return null;
  if (!mayAsk(standpoint, clusterId ?? by.organizationId)) return null;
  const { first, after, ...of } = told;
  const found = FOUND.once(sources.queries, by, of, () =>
    told.kinds
      .flatMap((kind) => [...FINDERS[kind](sources, standpoint, of)])
      .sort((a, b) => (follows(a, b) ? 1 : -1)),
  );
  const known = found.filter(mayKnow(standpoint));
  const citations = new Citations(sources.queries, standpoint, []);
  const seen = known.filter(({ fact }) => citations.fact(fact) !== null);
  const left = after === null ? seen : seen.filter((finding) => follows(finding, after));
  return {
    findings: cite(sources, standpoint, left.slice(0, first)),
    hasNextPage: left.length > first,
    shownCount: seen.length,
    hiddenCount: known.length - seen.length,
  };
};

/** Who manages a cluster may ask about it and its queues, and not about each pipeline in it. */
function mayKnow(standpoint: Standpoint): (finding: Finding) => boolean {
  const asks = remembering((id) => mayAsk(standpoint, id));
  const all = readsEverything(standpoint);
  return ({ fact }) => all || asks(fact.object);
}

type Finder = (sources: Sources, standpoint: Standpoint, of: ReviewOf) => Iterable<Finding>;

const FINDERS: Readonly<Record<FindingKind, Finder>> = {
  EXPIRED: ({ queries }, { facts }, { moment, clusterId }) =>
    expiring(queries.expiringFacts(facts.organizationId, moment.position, 0, moment.instant), {
      ...{ kind: 'EXPIRED', facts, clusterId, message: 'It has expired, and is still on record.' },
    }),
  EXPIRING: ({ queries }, { facts }, { moment: { position, instant }, clusterId, withinMs }) =>
    expiring(queries.expiringFacts(facts.organizationId, position, instant, instant + withinMs), {
      ...{ kind: 'EXPIRING', facts, clusterId, message: 'It expires soon.' },
    }),
  INEFFECTIVE: (_sources, { facts }, { clusterId }) =>
    grounded('INEFFECTIVE', facts, clusterId, ineffectiveness),
  REDUNDANT: (_sources, { facts }, { clusterId }) =>
    grounded('REDUNDANT', facts, clusterId, redundancy),
  UNUSED: ({ queries }, { facts }, { moment, clusterId, unusedForMs }) => {
    const since = moment.instant - unusedForMs;
    const { organizationId } = facts;
    if (clusterId !== null) return unusedKeys(queries, facts, [clusterId], since).map(unused);
    const clusters = facts.on(organizationId, 'cluster').map(({ subject }) => subject);
    const found = [
      ...unusedKeys(queries, facts, clusters, since),
      ...unusedTokens(queries, facts, since),
    ];
    return found.map(unused);
  },
};

interface Expiring extends Pick<Finding, 'kind' | 'message'> {
  readonly facts: Facts;
  readonly clusterId: string | null;
}

function expiring(
  found: readonly Fact[],
  { kind, message, facts, clusterId }: Expiring,
): readonly Finding[] {
  return found
    .filter(({ relation }) => ASSOCIATIONS.includes(relation))
    .filter((fact) => clusterId === null || isIn(facts, fact, clusterId))
    .map((fact) => ({
      ...{ kind, id: fact.source, fact, at: fact.expiresAt, message, grounds: [] },
    }));
}

function* grounded(
  kind: FindingKind,
  facts: Facts,
  clusterId: string | null,
  groundsOf: typeof redundancy,
): Generator<Finding> {
  for (const fact of grantsIn(facts, clusterId)) {
    const grounds = groundsOf(facts, fact);
    if (grounds === null) continue;
    const { message, facts: because } = grounds;
    yield { kind, id: fact.source, fact, at: null, message, grounds: because };
  }
}

function unused({ fact, lastUsedAt }: Unused): Finding {
  const what = fact.relation === 'apiToken' ? 'No request' : 'No agent';
  const message = lastUsedAt === null ? `${what} ever came by it.` : `${what} came by it lately.`;
  return { kind: 'UNUSED', id: fact.source, fact, at: lastUsedAt, message, grounds: [] };
}

function follows(a: FindingPlace, b: FindingPlace): boolean {
  return a.kind > b.kind || (a.kind === b.kind && a.id > b.id);
}

function cite(
  sources: Sources,
  standpoint: Standpoint,
  findings: readonly Finding[],
): readonly CitedFinding[] {
  const facts = findings.flatMap(({ fact, grounds }) => [fact, ...grounds]);
  const citations = new Citations(sources.queries, standpoint, facts);
  return findings.flatMap(({ fact, grounds, ...finding }): CitedFinding[] => {
    const cited = citations.fact(fact);
    const shown = citations.facts(grounds);
    const hiddenFactCount = grounds.length - shown.length;
    return cited === null ? [] : [{ ...finding, fact: cited, grounds: shown, hiddenFactCount }];
  });
}
