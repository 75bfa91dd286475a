import {
  ClockBehind,
  EnvelopeTooLarge,
  NoSuchLedger,
  NotCanonical,
} from '../../../src/ledger/errors';
import type {
  LedgerReader,
  LedgerRef,
  LedgerWriter,
  OrganizationNumber,
} from '../../../src/ledger/types';
import { verifyLedger } from '../../../src/ledger/verify';
import { naiveLeaf, naiveRoot } from '../../support/ledger/naive-root';
import {
  INSTANT,
  createSample,
  foundSample,
  sampleContext,
  sampleEvent,
  sampleEvents,
} from '../../support/ledger/samples';
import { sampleId } from '../../support/sample-ids';

/** One store's ledgers, and the same ledgers as other threads read them. */
export interface Store {
  readonly writer: LedgerWriter;
  readonly reader: LedgerReader;
  readonly close: () => void;
}

/** Opens a store. The same place again gives what was committed there. */
export interface Stores {
  readonly open: (place: string) => Store;
  readonly newPlace: () => string;
}

const TWO_MINUTES_MS = 120_000;

/** What every store of ledgers does, whatever it is made of. */
export function ledgerContract(stores: Stores): void {
  let place: string;
  let store: Store;
  let writer: LedgerWriter;
  let reader: LedgerReader;

  function open(): void {
    store = stores.open(place);
    ({ writer, reader } = store);
  }

  function reopen(): void {
    store.close();
    open();
  }

  function commit<T>(work: () => T): T {
    writer.begin();
    const result = work();
    writer.commit();
    return result;
  }

  /** All that can be read of a ledger. */
  function content(ref: LedgerRef) {
    return { head: reader.head(ref), events: reader.page(ref, 1, 1000) };
  }

  beforeEach(() => {
    place = stores.newPlace();
    open();
  });

  afterEach(() => {
    store.close();
  });

  describe('organizations', () => {
    it('have a number and two empty ledgers', () => {
      const number = commit(() => createSample(writer));
      expect(reader.organization(sampleId('org'))).toBe(number);
      expect(reader.organizations()).toEqual([
        {
          number,
          organizationId: sampleId('org'),
          accessLedgerId: sampleId('led', 2),
          activityLedgerId: sampleId('led', 3),
        },
      ]);
      for (const kind of ['ACCESS', 'ACTIVITY'] as const) {
        const ref = { organization: number, kind };
        expect(reader.head(ref)).toEqual({
          position: 0,
          leafHash: Buffer.alloc(0),
          root: naiveRoot([]),
          recordedAt: 0,
        });
        expect(writer.head(ref)).toEqual(reader.head(ref));
        expect(reader.page(ref, 1, 10)).toEqual([]);
      }
    });

    it('are listed in the order of their numbers', () => {
      const numbers = commit(() => [3, 1, 2].map((number) => createSample(writer, number)));
      expect(reader.organizations().map(({ number }) => number)).toEqual(numbers);
      expect(new Set(numbers).size).toBe(3);
    });

    it('are told apart by letter case', () => {
      const id = sampleId('org', 1);
      commit(() => createSample(writer));
      expect(reader.organization(id.toUpperCase())).toBeUndefined();
      const ids = { accessLedgerId: 'led_x', activityLedgerId: 'led_y' };
      expect(() => commit(() => writer.createOrganization(id.toUpperCase(), ids))).not.toThrow();
    });

    it('are not made twice', () => {
      commit(() => createSample(writer));
      writer.begin();
      expect(() => createSample(writer)).toThrow(expect.objectContaining({ kind: 'STATEMENT' }));
      writer.rollback();
      expect(reader.organizations()).toHaveLength(1);
    });

    it('that do not exist have no ledger', () => {
      const ref = { organization: 7 as OrganizationNumber, kind: 'ACCESS' } as const;
      expect(() => reader.head(ref)).toThrow(NoSuchLedger);
      expect(() => reader.positionAt(ref, INSTANT)).toThrow(NoSuchLedger);
      expect(() => writer.head(ref)).toThrow(NoSuchLedger);
      expect(() => writer.position(ref)).toThrow(NoSuchLedger);
      writer.begin();
      expect(() => writer.append(ref, [sampleEvent(1)], sampleContext())).toThrow(NoSuchLedger);
      writer.rollback();
    });
  });

  describe('appending', () => {
    it('gives dense positions from 1, in each ledger apart', () => {
      const access = foundSample(writer, 3);
      const activity: LedgerRef = { ...access, kind: 'ACTIVITY' };
      commit(() => writer.append(activity, sampleEvents(2), sampleContext()));
      const stored = commit(() => writer.append(access, sampleEvents(2), sampleContext()));
      expect(stored.map(({ position }) => position)).toEqual([4, 5]);
      expect(reader.page(access, 1, 10).map(({ position }) => position)).toEqual([1, 2, 3, 4, 5]);
      expect(reader.page(activity, 1, 10).map(({ position }) => position)).toEqual([1, 2]);
    });

    it('returns what is read back, with time, actor, ids and hashes', () => {
      const ref = foundSample(writer, 0);
      const event = { ...sampleEvent(3), data: { b: [1, { d: -0, c: null }], a: 'ü' } };
      const [stored] = commit(() => writer.append(ref, [event], sampleContext(7)));
      expect(stored).toMatchObject({
        position: 1,
        type: event.type,
        schemaVersion: 1,
        recordedAt: INSTANT + 7,
        actor: sampleContext().actor,
        correlationId: 'req-1',
        data: { a: 'ü', b: [1, { c: null, d: 0 }] },
        personal: { name: 'Cluster 3' },
      });
      expect(reader.event(ref, 1)).toEqual(stored);
      const [evidence] = reader.evidence(ref, 1, 1);
      expect(stored?.leafHash).toEqual(naiveLeaf(evidence?.envelope ?? Buffer.alloc(0)));
      expect(reader.head(ref).leafHash).toEqual(stored?.leafHash);
    });

    it('gives every event an id and salts of its own, ids ascending', () => {
      const ref = foundSample(writer, 60);
      const ids = reader.page(ref, 1, 60).map(({ eventId }) => eventId);
      expect([...new Set(ids)].sort()).toEqual(ids);
      const salts = reader
        .evidence(ref, 1, 60)
        .flatMap(({ salt, personalSalt }) => [salt, personalSalt ?? []])
        .filter((salt) => salt.length === 32)
        .map((salt) => Buffer.from(salt).toString('hex'));
      expect(salts).toHaveLength(80);
      expect(new Set(salts).size).toBe(80);
    });

    it('shows nothing before the commit, and everything after', () => {
      const ref = foundSample(writer, 1);
      writer.begin();
      writer.append(ref, sampleEvents(2), sampleContext());
      expect(writer.position(ref)).toBe(3);
      expect(reader.head(ref).position).toBe(1);
      expect(reader.event(ref, 2)).toBeUndefined();
      writer.commit();
      expect(reader.head(ref)).toEqual(writer.head(ref));
      expect(reader.head(ref).position).toBe(3);
    });

    it('goes on after reopening as if nothing had been', () => {
      const ref = foundSample(writer, 5);
      const before = content(ref);
      reopen();
      expect(content(ref)).toEqual(before);
      expect(writer.head(ref)).toEqual(before.head);
      commit(() => writer.append(ref, sampleEvents(4, 6), sampleContext()));
      const leaves = reader.page(ref, 1, 10).map(({ leafHash }) => leafHash);
      expect(reader.head(ref).root).toEqual(naiveRoot(leaves));
      verifyLedger(reader, ref, sampleId('led', 2));
    });

    it('with no events changes nothing', () => {
      const ref = foundSample(writer, 2);
      const before = content(ref);
      expect(commit(() => writer.append(ref, [], sampleContext(5)))).toEqual([]);
      expect(content(ref)).toEqual(before);
    });

    it('writes none of several events if one of them cannot be written', () => {
      const ref = foundSample(writer, 1);
      writer.begin();
      writer.append(ref, [sampleEvent(2)], sampleContext());
      const unwritable = { ...sampleEvent(4), data: { id: undefined } };
      expect(() => writer.append(ref, [sampleEvent(3), unwritable], sampleContext())).toThrow(
        NotCanonical,
      );
      const long = { ...sampleEvent(4), type: 'T'.repeat(66_000) };
      expect(() => writer.append(ref, [sampleEvent(3), long], sampleContext())).toThrow(
        EnvelopeTooLarge,
      );
      expect(writer.position(ref)).toBe(2);
      writer.append(ref, [sampleEvent(5)], sampleContext());
      writer.commit();
      expect(reader.page(ref, 1, 10).map(({ data }) => data)).toEqual(
        [1, 2, 5].map((number) => sampleEvent(number).data),
      );
    });

    it('needs an open batch', () => {
      const ref = foundSample(writer, 1);
      expect(() => writer.append(ref, [sampleEvent(2)], sampleContext())).toThrow();
      expect(() => {
        writer.commit();
      }).toThrow();
      writer.begin();
      expect(() => {
        writer.begin();
      }).toThrow();
      writer.append(ref, [sampleEvent(2)], sampleContext());
      writer.commit();
      expect(reader.head(ref).position).toBe(2);
    });
  });

  describe('rolling back', () => {
    it('leaves no trace, neither in the store nor in memory', () => {
      const ref = foundSample(writer, 6);
      const before = content(ref);
      writer.begin();
      writer.append(ref, sampleEvents(3), sampleContext(99));
      createSample(writer, 2);
      writer.rollback();
      expect(content(ref)).toEqual(before);
      expect(writer.head(ref)).toEqual(before.head);
      expect(reader.organization(sampleId('org', 2))).toBeUndefined();

      commit(() => writer.append(ref, sampleEvents(1, 7), sampleContext(1)));
      const leaves = reader.page(ref, 1, 10).map(({ leafHash }) => leafHash);
      expect(reader.head(ref)).toMatchObject({ position: 7, root: naiveRoot(leaves) });
      expect(reader.event(ref, 7)?.recordedAt).toBe(INSTANT + 1);
      expect(foundSample(writer, 1, 2).organization).not.toBe(ref.organization);
    });

    it('forgets an organization, whose ledgers are gone with it', () => {
      writer.begin();
      const organization = createSample(writer);
      const ref = { organization, kind: 'ACCESS' } as const;
      writer.append(ref, [sampleEvent(1)], sampleContext());
      writer.rollback();
      expect(() => writer.head(ref)).toThrow(NoSuchLedger);
      expect(foundSample(writer, 1)).toBeDefined();
    });

    it('does no harm without a batch', () => {
      const ref = foundSample(writer, 1);
      writer.rollback();
      writer.rollback();
      expect(writer.head(ref)).toEqual(reader.head(ref));
    });

    it('happens by itself when the store closes', () => {
      const ref = foundSample(writer, 1);
      writer.begin();
      writer.append(ref, [sampleEvent(2)], sampleContext());
      reopen();
      expect(reader.head(ref).position).toBe(1);
    });
  });

  describe('time', () => {
    it('never runs backwards within a ledger', () => {
      const ref = foundSample(writer, 0);
      for (const afterMs of [50, 20, 50, 51, 0]) {
        commit(() => writer.append(ref, [sampleEvent(1)], sampleContext(afterMs)));
      }
      const instants = reader.page(ref, 1, 10).map(({ recordedAt }) => recordedAt - INSTANT);
      expect(instants).toEqual([50, 50, 50, 51, 51]);
    });

    it('runs apart in each ledger', () => {
      const ref = foundSample(writer, 1);
      commit(() => writer.append(ref, [sampleEvent(2)], sampleContext(5000)));
      const activity: LedgerRef = { ...ref, kind: 'ACTIVITY' };
      const [event] = commit(() => writer.append(activity, [sampleEvent(1)], sampleContext(10)));
      expect(event?.recordedAt).toBe(INSTANT + 10);
    });

    it('may lie two minutes behind, and not more', () => {
      const ref = foundSample(writer, 1);
      writer.begin();
      writer.append(ref, [sampleEvent(2)], sampleContext(-TWO_MINUTES_MS));
      const late = () => writer.append(ref, [sampleEvent(3)], sampleContext(-TWO_MINUTES_MS - 1));
      expect(late).toThrow(ClockBehind);
      expect(late).toThrow(expect.objectContaining({ behindMs: TWO_MINUTES_MS + 1 }));
      writer.append(ref, [sampleEvent(4)], sampleContext(1));
      writer.commit();
      expect(reader.page(ref, 2, 10).map(({ recordedAt }) => recordedAt - INSTANT)).toEqual([0, 1]);
    });

    it('is forgotten with a batch that was rolled back', () => {
      const ref = foundSample(writer, 1);
      writer.begin();
      writer.append(ref, [sampleEvent(2)], sampleContext(10 * TWO_MINUTES_MS));
      writer.rollback();
      const [event] = commit(() => writer.append(ref, [sampleEvent(2)], sampleContext(1)));
      expect(event?.recordedAt).toBe(INSTANT + 1);
    });
  });

  describe('reading', () => {
    it('pages from a position on', () => {
      const ref = foundSample(writer, 10);
      const positions = (from: number, limit: number) =>
        reader.page(ref, from, limit).map(({ position }) => position);
      expect(positions(1, 4)).toEqual([1, 2, 3, 4]);
      expect(positions(9, 4)).toEqual([9, 10]);
      expect(positions(11, 4)).toEqual([]);
      expect(reader.evidence(ref, 3, 2).map(({ position }) => position)).toEqual([3, 4]);
    });

    it('finds events by position, in the order asked', () => {
      const ref = foundSample(writer, 5);
      expect(reader.event(ref, 0)).toBeUndefined();
      expect(reader.event(ref, 6)).toBeUndefined();
      const found = reader.events(ref, [4, 2, 2, 9]).map(({ position }) => position);
      expect(found).toEqual([4, 2, 2]);
    });

    it('finds the last position at an instant', () => {
      const ref = foundSample(writer, 0);
      const times = [10, 10, 20, 30, 30, 30, 45];
      for (const afterMs of times) {
        commit(() => writer.append(ref, [sampleEvent(1)], sampleContext(afterMs)));
      }
      for (let afterMs = 0; afterMs <= 60; afterMs += 1) {
        const expected = times.filter((time) => time <= afterMs).length;
        expect(reader.positionAt(ref, INSTANT + afterMs)).toBe(expected);
      }
      expect(reader.positionAt({ ...ref, kind: 'ACTIVITY' }, INSTANT)).toBe(0);
    });

    it('keeps organizations apart', () => {
      const [one, other] = [foundSample(writer, 2, 1), foundSample(writer, 3, 2)];
      expect(reader.page(one, 1, 10)).toHaveLength(2);
      expect(reader.page(other, 1, 10)).toHaveLength(3);
      verifyLedger(reader, one, sampleId('led', 2));
      verifyLedger(reader, other, sampleId('led', 4));
    });
  });
}
