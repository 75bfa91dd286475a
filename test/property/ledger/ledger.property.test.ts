import fc from 'fast-check';
import type { LedgerRef, NewEvent, StoredEvent } from '../../../src/ledger/types';
import { verifyLedgers } from '../../../src/ledger/sqlite/verify';
import { makeFolder, openLedger, removeFolder } from '../../support/ledger/ledger-folder';
import type { OpenLedger } from '../../support/ledger/ledger-folder';
import { naiveLeaf, naiveRoot } from '../../support/ledger/naive-root';
import { INSTANT, createSample, sampleContext } from '../../support/ledger/samples';

/** What a ledger is, told with arrays. */
interface Model {
  readonly ref: LedgerRef;
  readonly committed: StoredEvent[];
  pending: StoredEvent[];
}

type Step =
  | {
      readonly kind: 'APPEND';
      readonly ledger: number;
      readonly events: number;
      readonly at: number;
    }
  | { readonly kind: 'CREATE' | 'COMMIT' | 'ROLLBACK' | 'REOPEN' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('APPEND' as const),
      ledger: fc.nat({ max: 7 }),
      events: fc.nat({ max: 4 }),
      at: fc.integer({ min: -1000, max: 100_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'CREATE' as const }) },
  { weight: 3, arbitrary: fc.constant({ kind: 'COMMIT' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'ROLLBACK' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'REOPEN' as const }) },
);

/** A ledger file beside its model; a batch is always open. */
class Run {
  #ledger: OpenLedger;
  #models: Model[] = [];
  #made: Model[] = [];
  #organizations = 0;
  #events = 0;

  constructor(readonly folder: string) {
    this.#ledger = openLedger(folder);
    this.#ledger.writer.begin();
  }

  take(next: Step): void {
    switch (next.kind) {
      case 'APPEND':
        this.#append(next);
        break;
      case 'CREATE':
        this.#create();
        break;
      case 'COMMIT':
        this.#ledger.writer.commit();
        for (const model of this.#all()) model.committed.push(...model.pending.splice(0));
        this.#models = this.#all();
        this.#made = [];
        this.#ledger.writer.begin();
        break;
      case 'ROLLBACK':
        this.#ledger.writer.rollback();
        this.#forget();
        break;
      case 'REOPEN':
        this.#ledger.close();
        this.#ledger = openLedger(this.folder);
        this.#forget();
        break;
    }
    this.#compare();
  }

  end(): void {
    this.#ledger.writer.rollback();
    verifyLedgers(this.#ledger.database);
    this.#ledger.close();
  }

  #all(): Model[] {
    return [...this.#models, ...this.#made];
  }

  #forget(): void {
    for (const model of this.#models) model.pending = [];
    this.#made = [];
    this.#ledger.writer.begin();
  }

  #create(): void {
    this.#organizations += 1;
    const organization = createSample(this.#ledger.writer, this.#organizations);
    for (const kind of ['ACCESS', 'ACTIVITY'] as const) {
      this.#made.push({ ref: { organization, kind }, committed: [], pending: [] });
    }
  }

  #append({ ledger, events, at }: Extract<Step, { kind: 'APPEND' }>): void {
    const all = this.#all();
    const model = all[ledger % Math.max(1, all.length)];
    if (model === undefined) return;
    const before = [...model.committed, ...model.pending];
    const recordedAt = Math.max(INSTANT + at, before.at(-1)?.recordedAt ?? 0);
    const wishes = Array.from({ length: events }, (): NewEvent => {
      this.#events += 1;
      const data = { n: this.#events };
      return this.#events % 2 === 0
        ? { type: 'Plain', schemaVersion: 1, data }
        : { type: 'Personal', schemaVersion: 2, data, personal: { name: String(this.#events) } };
    });
    const stored = this.#ledger.writer.append(model.ref, wishes, sampleContext(at));
    expect(stored).toEqual(
      wishes.map((wish, index) =>
        expect.objectContaining({
          position: before.length + index + 1,
          recordedAt,
          type: wish.type,
          schemaVersion: wish.schemaVersion,
          data: wish.data,
          personal: wish.personal ?? null,
        }),
      ),
    );
    model.pending.push(...stored);
  }

  /** The writer knows everything, readers what was committed. */
  #compare(): void {
    const { writer, reader } = this.#ledger;
    for (const { ref, committed, pending } of this.#all()) {
      const all = [...committed, ...pending];
      expect(writer.head(ref)).toEqual(headOf(all));
      expect(writer.position(ref)).toBe(all.length);
    }
    for (const { ref, committed } of this.#models) {
      expect(reader.head(ref)).toEqual(headOf(committed));
      expect(reader.page(ref, 1, 1000)).toEqual(committed);
      const leaves = reader.evidence(ref, 1, 1000).map(({ envelope }) => naiveLeaf(envelope));
      expect(committed.map(({ leafHash }) => leafHash)).toEqual(leaves);
    }
    expect(reader.organizations()).toHaveLength(this.#models.length / 2);
  }
}

function headOf(events: readonly StoredEvent[]) {
  const last = events.at(-1);
  return {
    position: events.length,
    leafHash: last?.leafHash ?? Buffer.alloc(0),
    root: naiveRoot(events.map(({ leafHash }) => leafHash)),
    recordedAt: last?.recordedAt ?? 0,
  };
}

it('is what arrays would be, whatever is appended, committed, rolled back and reopened', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
      const folder = makeFolder();
      const run = new Run(folder);
      try {
        run.take({ kind: 'CREATE' });
        for (const next of steps) run.take(next);
      } finally {
        run.end();
        removeFolder(folder);
      }
    }),
    { numRuns: 60 },
  );
});
