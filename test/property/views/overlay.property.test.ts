import fc from 'fast-check';
import { decide } from '../../../src/access/engine';
import { difference } from '../../../src/access/difference/difference';
import { Overlay } from '../../../src/views/overlay/overlay';
import { everyQuestion } from '../../support/access/every-question';
import { historyAtMoment } from '../../support/access/random-history';
import { MemoryWorld } from '../../support/memory-world';

const ACTOR = { kind: 'SYSTEM', id: 'given' } as const;
const sorted = (facts: readonly object[]): readonly string[] =>
  facts.map((fact) => JSON.stringify(Object.entries(fact).sort())).sort();

test('an overlay of events answers as the world does in which they happened', () => {
  let differing = 0;
  fc.assert(
    fc.property(historyAtMoment, fc.nat({ max: 40 }), ({ history, moment }, last) => {
      const events = history.access.map(({ personal, type, schemaVersion, data }) => ({
        ...{ type, schemaVersion, data },
        ...(personal === null ? {} : { personal }),
      }));
      const cut = Math.max(1, events.length - last);
      const base = new MemoryWorld(history.organizationId, moment.instant).after(
        events.slice(0, cut),
      );
      const expected = base.after(events.slice(cut), ACTOR);
      const overlay = new Overlay(base);
      overlay.apply(events.slice(cut), ACTOR);

      expect(overlay.facts.moment).toEqual(expected.facts.moment);
      for (const question of everyQuestion(history)) {
        const answer = decide(overlay.facts, question);
        if (answer.code === decide(expected.facts, question).code) continue;
        expect({ question, answer }).toEqual(decide(expected.facts, question));
      }
      const ids = new Set(expected.openFacts().flatMap(({ subject, object }) => [subject, object]));
      for (const id of ids) expect(sorted(overlay.naming(id))).toEqual(sorted(expected.naming(id)));
      for (const [id, { kind, version }] of expected.entities()) {
        expect(overlay.get(kind, id)).toEqual({ ...expected.get(kind, id), version });
      }
      differing += difference(base.facts, overlay.facts, overlay.changedFacts()).length;
      expect(difference(base.facts, overlay.facts, overlay.changedFacts())).toEqual(
        difference(base.facts, expected.facts, overlay.changedFacts()),
      );
    }),
    { numRuns: 25 },
  );
  expect(differing).toBeGreaterThan(100);
});
