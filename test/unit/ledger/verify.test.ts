import { LedgerCorrupt } from '../../../src/ledger/errors';
import { leafHash } from '../../../src/ledger/merkle';
import type { Evidence, Head, LedgerRef } from '../../../src/ledger/types';
import { verifyLedger } from '../../../src/ledger/verify';
import { makeFolder, openLedger, removeFolder } from '../../support/ledger/ledger-folder';
import { foundSample, sampleContext, sampleEvents } from '../../support/ledger/samples';
import { sampleId } from '../../support/sample-ids';

const EVENTS = 2500;
const LEDGER_ID = sampleId('led', 2);

let evidence: readonly Evidence[];
let head: Head;
let ref: LedgerRef;

beforeAll(() => {
  const folder = makeFolder();
  const ledger = openLedger(folder);
  ref = foundSample(ledger.writer, EVENTS - 3);
  ledger.writer.begin();
  ledger.writer.append(ref, sampleEvents(3), sampleContext(1000));
  ledger.writer.commit();
  evidence = ledger.reader.evidence(ref, 1, EVENTS);
  head = ledger.reader.head(ref);
  ledger.close();
  removeFolder(folder);
});

/** Verifies the ledger as it would be with these changes. */
function verify(changes: Readonly<Record<number, Partial<Evidence>>>, end: Partial<Head> = {}) {
  const changed = evidence.map((entry) => ({ ...entry, ...changes[entry.position] }));
  const reader = {
    head: () => ({ ...head, ...end }),
    evidence: (_: LedgerRef, from: number, limit: number) =>
      changed.slice(from - 1, from - 1 + limit),
  };
  return () => verifyLedger(reader, ref, LEDGER_ID);
}

function envelope(position: number, change: (text: string) => string): Partial<Evidence> {
  const entry = evidence[position - 1];
  if (entry === undefined) throw new RangeError('no such event');
  const bytes = Buffer.from(change(entry.envelope.toString('utf8')));
  return { envelope: bytes, leafHash: leafHash(bytes) };
}

describe('verification', () => {
  it('ends at the head, and tells how far it is', () => {
    const heard: [number, number][] = [];
    const reader = {
      head: () => head,
      evidence: (_: LedgerRef, from: number, limit: number) =>
        evidence.slice(from - 1, from - 1 + limit),
    };
    const end = verifyLedger(reader, ref, LEDGER_ID, (done, total) => heard.push([done, total]));
    expect(end).toEqual(head);
    expect(heard).toEqual([
      [1000, EVENTS],
      [2000, EVENTS],
      [2500, EVENTS],
    ]);
  });

  it('accepts an erased personal part', () => {
    expect(verify({ 3: { personal: null, personalSalt: null } })).not.toThrow();
  });

  it.each<[string, number, () => Partial<Evidence>]>([
    ['data changed', 7, () => ({ data: '{"slug":"other"}' })],
    ['a salt changed', 7, () => ({ salt: Buffer.alloc(32) })],
    ['a personal part changed', 3, () => ({ personal: '{"name":"Other"}' })],
    ['a personal part put in', 4, () => ({ personal: '{}', personalSalt: Buffer.alloc(32) })],
    ['a personal part erased without its salt', 3, () => ({ personal: null })],
    ['a personal salt erased alone', 3, () => ({ personalSalt: null })],
    ['an envelope changed', 9, () => ({ envelope: Buffer.from('{}') })],
    ['a leaf hash changed', 9, () => ({ leafHash: Buffer.alloc(32) })],
    ['an envelope that is no JSON', 9, () => envelope(9, (text) => text.slice(1))],
    [
      'an envelope of another format',
      9,
      () => envelope(9, (text) => text.replace(':1,"l', ':2,"l')),
    ],
    [
      'an envelope of another ledger',
      9,
      () => envelope(9, (text) => text.replace('"led_', '"lex_')),
    ],
    [
      'an envelope of another position',
      9,
      () => envelope(9, (text) => text.replace('n":9', 'n":8')),
    ],
    ['an instant changed', 2499, () => ({ recordedAt: sampleContext(1001).recordedAt })],
    ['an instant that runs backwards', 9, () => ({ recordedAt: sampleContext(-1).recordedAt })],
    ['an instant that no clock shows', 9, () => ({ recordedAt: 1e300 })],
    ['another position', 9, () => ({ position: 10 })],
  ])('finds %s', (_, position, change) => {
    const run = verify({ [position]: change() });
    expect(run).toThrow(LedgerCorrupt);
    expect(run).toThrow(expect.objectContaining({ position, ledgerId: LEDGER_ID }));
  });

  it('finds an event that was rewritten with all its hashes', () => {
    const run = verify({ 9: envelope(9, (text) => text.replace('req-1', 'req-2')) });
    expect(run).toThrow('the events do not give the root');
  });

  it.each<[string, () => Partial<Head>]>([
    ['a head beyond the last event', () => ({ position: EVENTS + 1 })],
    ['a head before the last event', () => ({ position: EVENTS - 1 })],
    ['another root', () => ({ root: Buffer.alloc(32) })],
    ['another leaf hash', () => ({ leafHash: Buffer.alloc(32) })],
    ['another instant', () => ({ recordedAt: 0 })],
  ])('finds %s', (_, change) => {
    expect(verify({}, change())).toThrow(LedgerCorrupt);
  });
});
