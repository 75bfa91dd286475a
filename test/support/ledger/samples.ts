import type {
  AppendContext,
  LedgerRef,
  LedgerWriter,
  NewEvent,
  OrganizationNumber,
} from '../../../src/ledger/types';
import { sampleId } from '../sample-ids';

/** When the samples happen: 2026-03-01T12:00:00.000Z. */
export const INSTANT = Date.UTC(2026, 2, 1, 12);

/** The context of an append by a member with an API token, some milliseconds after INSTANT. */
export function sampleContext(afterMs = 0): AppendContext {
  return {
    actor: { kind: 'MEMBER', id: sampleId('usr'), via: sampleId('tok'), roles: ['ADMIN'] },
    correlationId: 'req-1',
    recordedAt: INSTANT + afterMs,
  };
}

/** An event with a number in its data; each third one has a personal part. */
export function sampleEvent(number: number): NewEvent {
  const event = {
    type: 'ClusterCreated',
    schemaVersion: 1,
    data: { slug: `cluster-${String(number)}`, clusterId: sampleId('clu', number) },
  };
  return number % 3 === 0 ? { ...event, personal: { name: `Cluster ${String(number)}` } } : event;
}

export function sampleEvents(count: number, from = 1): readonly NewEvent[] {
  return Array.from({ length: count }, (_, index) => sampleEvent(from + index));
}

/** Makes a sample organization within the open batch. */
export function createSample(writer: LedgerWriter, number = 1): OrganizationNumber {
  return writer.createOrganization(sampleId('org', number), {
    accessLedgerId: sampleId('led', 2 * number),
    activityLedgerId: sampleId('led', 2 * number + 1),
  });
}

/** Commits a batch with a sample organization and its first events; its access ledger. */
export function foundSample(writer: LedgerWriter, events = 1, number = 1): LedgerRef {
  writer.begin();
  const ref = { organization: createSample(writer, number), kind: 'ACCESS' } as const;
  writer.append(ref, sampleEvents(events), sampleContext());
  writer.commit();
  return ref;
}
