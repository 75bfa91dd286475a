import fc from 'fast-check';
import type { Fact, Moment } from '../../../src/access/facts';
import { grantsIn } from '../../../src/access/review/associations';
import { ineffectiveness } from '../../../src/access/review/ineffective';
import { redundancy } from '../../../src/access/review/redundant';
import { isTeam } from '../../../src/access/existence';
import { everyQuestion } from '../../support/access/every-question';
import { factsAt, type History } from '../../support/access/facts-of-history';
import { historyAtMoment } from '../../support/access/random-history';
import { ReferenceAccess } from '../../support/reference/access';
import { ReferenceOrganization } from '../../support/reference/organization';

const ENDS: Readonly<Record<string, readonly [type: string, id: string]>> = {
  clusterMaintainer: ['ClusterMaintainerRemoved', 'maintainerId'],
  clusterGrant: ['ClusterGrantRevoked', 'grantId'],
  pipelineGrant: ['PipelineGrantRevoked', 'grantId'],
  queueGrant: ['QueuePipelineGrantRevoked', 'grantId'],
};

/** The history up to the moment, and then the end of each of these grants. */
function without({ access, ...rest }: History, moment: Moment, grants: readonly Fact[]): History {
  const [first] = access;
  if (first === undefined) return { access, ...rest };
  const ended = grants.map(({ relation, source }, at) => {
    const [type = '', id = ''] = ENDS[relation] ?? [];
    const data = { [id]: source };
    return { ...first, type, schemaVersion: 1, data, position: moment.position + 1 + at };
  });
  return { ...rest, access: [...access.slice(0, moment.position), ...ended] };
}

function referenceAt({ access, activity }: History, { instant }: Moment): ReferenceAccess {
  const position = Number.MAX_SAFE_INTEGER;
  return new ReferenceAccess(new ReferenceOrganization(access, activity, { position, instant }));
}

test('taking away all that is redundant changes no answer, at once or later by expiry', () => {
  let found = 0;
  const relations = new Set<string>();
  fc.assert(
    fc.property(historyAtMoment, ({ history, moment }) => {
      const facts = factsAt(history, moment);
      const redundant = [...grantsIn(facts, null)].filter((grant) => redundancy(facts, grant));
      if (redundant.length === 0) return;
      found += redundant.length;
      for (const { relation } of redundant) relations.add(relation);
      const kept = without(history, moment, []);
      const left = without(history, moment, redundant);
      // Whatever ends by itself, ends at once after the last instant at which it counts.
      const ends = redundant
        .flatMap((grant) => redundancy(facts, grant)?.facts ?? [])
        .flatMap(({ expiresAt }) => expiresAt ?? []);
      for (const instant of new Set([moment.instant, ...ends])) {
        const then = { ...moment, instant };
        const [was, is] = [referenceAt(kept, then), referenceAt(left, then)];
        const differing = everyQuestion(kept).filter(
          (question) => was.answer(question) !== is.answer(question),
        );
        expect(differing).toEqual([]);
      }
    }),
    { numRuns: 120, endOnFailure: true },
  );
  expect(found).toBeGreaterThan(50);
  expect(relations.size).toBeGreaterThan(2);
});

test('an ineffective grant gives nobody who holds it what it says', () => {
  let found = 0;
  fc.assert(
    fc.property(historyAtMoment, ({ history, moment }) => {
      const facts = factsAt(history, moment);
      const reference = referenceAt(without(history, moment, []), moment);
      for (const grant of grantsIn(facts, null)) {
        const holders = isTeam(grant.subject)
          ? facts.on(grant.subject, 'teamMember').map(({ subject }) => subject)
          : [grant.subject];
        const gives = holders.some((id) =>
          grant.relation === 'queueGrant'
            ? reference.answer({
                principal: { kind: 'pipeline', id: id as `pip_${string}` },
                ...{ action: 'queue:run', resource: grant.object },
                branch: grant.detail?.branches?.[0]?.replaceAll('*', 'x') ?? 'main',
              }) === 'ALLOWED'
            : reference.answer({
                principal: { kind: 'user', id: id as `usr_${string}`, scopes: null },
                ...{ action: 'pipeline:build', resource: grant.object },
              }) === 'ALLOWED',
        );
        const judged =
          grant.relation === 'queueGrant' ||
          (grant.relation === 'pipelineGrant' && grant.level === 'BUILD');
        expect([grant, ineffectiveness(facts, grant) !== null]).toEqual([grant, judged && !gives]);
        if (judged && !gives) found += 1;
      }
    }),
    { numRuns: 100, endOnFailure: true },
  );
  expect(found).toBeGreaterThan(100);
});
