import fc from 'fast-check';
import type { FactChange } from '../../../src/access/difference/fact-change';
import type { Fact, Moment } from '../../../src/access/facts';
import type { UserId } from '../../../src/domain/id';
import { accessChanges } from '../../../src/questions/changes';
import type { DifferencePage, ExplainedPair } from '../../../src/questions/difference-page';
import { openTestEngine, type MemberCaller, type TestEngine } from '../../support/engine';
import { really } from '../../support/questions/whole-difference';
import { Known } from '../../support/random-commands/known';
import { PRELUDE, WISH_NAMES, type Step } from '../../support/random-commands/random-command';
import { runSteps } from '../../support/random-commands/run-steps';

jest.setTimeout(300_000);

const step: fc.Arbitrary<Step> = fc.record({
  wish: fc.constantFrom(...WISH_NAMES),
  seed: fc.nat(),
});

/** All pages of the changes as the caller gets them. */
function changesFor(
  { queries, instant: now }: TestEngine,
  { organizationId, userId }: Pick<MemberCaller, 'organizationId' | 'userId'>,
  from: Moment,
  to: Moment,
): DifferencePage {
  const by = { organizationId, userId, scopes: ['read'] };
  const pairs: ExplainedPair[] = [];
  for (;;) {
    const told = { from, to, first: 7, after: pairs.at(-1) ?? null };
    const page = accessChanges({ queries, now }, by, told);
    pairs.push(...page.pairs);
    if (!page.hasNextPage) return { ...page, pairs };
  }
}

/** True if it happened after the one moment and not after the other. */
function liesBetween(cause: FactChange, from: Moment, to: Moment): boolean {
  if ('position' in cause) return cause.position > from.position && cause.position <= to.position;
  const expiresAt = cause.fact.expiresAt ?? 0;
  return expiresAt > from.instant && expiresAt <= to.instant;
}

test('changes are what differs between the moments, each with what made it', async () => {
  const seen = { EXPIRED: 0, OPENED: 0, CLOSED: 0, hidden: 0, same: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 40, maxLength: 90, size: 'max' }),
      fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { minLength: 12, maxLength: 12 }),
      async (history, spans) => {
        const engine = await openTestEngine();
        try {
          const admin = await engine.found('random');
          const { organizationId } = admin;
          const known = new Known(admin);
          const moments: Moment[] = [];
          for (const one of [...PRELUDE, ...history]) {
            await runSteps(engine, known, [one]);
            engine.instant += 20_000;
            const moment = engine.queries.moment(organizationId, null, engine.instant);
            if (moment !== 'UNKNOWN_MOMENT') moments.push(moment);
          }
          // Some while after everything: what expires then is no event.
          engine.instant += 3_600_000;
          const last = engine.queries.moment(organizationId, null, engine.instant);
          if (last !== 'UNKNOWN_MOMENT') moments.push(last);
          for (const [one, other, choice] of spans) {
            const [from, to] = [one, choice % 3 === 0 ? moments.length - 1 : other]
              .map((at) => at % moments.length)
              .sort((a, b) => a - b)
              .map((at) => moments[at]);
            if (from === undefined || to === undefined) throw new Error('no moment');
            const as = (member?: Fact): DifferencePage => {
              const userId = member?.subject as UserId;
              return changesFor(engine, { organizationId, userId }, from, to);
            };
            const sides = [from, to].map((at) => engine.queries.facts(organizationId, at));
            const [before, after] = sides;
            if (before === undefined || after === undefined) throw new Error('no facts');
            const { facts } = engine.world(organizationId);
            const members = facts.on(organizationId, 'member');
            // Commands may have made the first one less; some ADMIN there always is.
            const whole = as(members.find(({ level }) => level === 'ADMIN'));
            expect(whole.hiddenCount).toBe(0);
            const shown = whole.pairs.flatMap(({ subject, resource, actions }) =>
              [...new Set(actions.map(({ action }) => action))].map(
                (action) => `${subject} ${action} ${resource}`,
              ),
            );
            expect(shown.sort()).toEqual(really(before, after));
            if (shown.length === 0) seen.same += 1;
            for (const explained of whole.pairs.flatMap((p) => p.actions)) {
              const { causes, hiddenCauseCount } = explained;
              if (causes.length === 0) throw new Error(JSON.stringify({ ...explained, from, to }));
              expect(hiddenCauseCount).toBe(0);
              for (const cause of causes) {
                expect(liesBetween(cause, from, to)).toBe(true);
                seen[cause.how] += 1;
              }
            }
            const part = as(members[choice % members.length]);
            expect(part.shownCount).toBe(part.pairs.length);
            expect(part.shownCount + part.hiddenCount).toBeLessThanOrEqual(whole.shownCount);
            const pairsOf = ({ pairs }: DifferencePage) =>
              pairs.map((p) => `${p.subject} ${p.resource}`);
            expect(pairsOf(whole)).toEqual(expect.arrayContaining(pairsOf(part)));
            seen.hidden += whole.shownCount - part.shownCount;
          }
        } finally {
          engine.close();
        }
      },
    ),
    { numRuns: 12, endOnFailure: true },
  );
  expect(seen.EXPIRED).toBeGreaterThan(5);
  expect(seen.OPENED).toBeGreaterThan(100);
  expect(seen.CLOSED).toBeGreaterThan(50);
  expect(seen.hidden).toBeGreaterThan(100);
});
