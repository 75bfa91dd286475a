import { FORMAT_VERSION, parseEnvelope, saltedHash, type Envelope } from './envelope';
import { LedgerCorrupt } from './errors';
import { Frontier, leafHash } from './merkle';
import type { Evidence, Head, LedgerReader, LedgerRef } from './types';

const PAGE_EVENTS = 1000;

/** Called after each page: events done and to do. */
export type VerifyProgress = (done: number, total: number) => void;

/**
 * Recomputes a ledger from its stored bytes up to its head: every leaf hash, every hash of data and
 * of personal parts not yet erased, positions, instants and the root. Returns the head that all of
 * it leads to. Throws LedgerCorrupt at the first position that does not hold.
 */
export function verifyLedger(
  reader: Pick<LedgerReader, 'head' | 'evidence'>,
  ref: LedgerRef,
  ledgerId: string,
  onProgress: VerifyProgress = () => undefined,
): Head {
  const head = reader.head(ref);
  const frontier = new Frontier();
  let before: Evidence | undefined;
  while (frontier.size < head.position) {
    const limit = Math.min(PAGE_EVENTS, head.position - frontier.size);
    const page = reader.evidence(ref, frontier.size + 1, limit);
    if (page.length < limit) throw new LedgerCorrupt(ledgerId, head.position, 'events are missing');
    for (const evidence of page) {
      const position = frontier.size + 1;
      const fault = evidenceFault(evidence, position, ledgerId, before);
      if (fault !== null) throw new LedgerCorrupt(ledgerId, position, fault);
      frontier.append(evidence.leafHash);
      before = evidence;
    }
    onProgress(frontier.size, head.position);
  }
  const fault = headFault(head, frontier, before);
  if (fault !== null) throw new LedgerCorrupt(ledgerId, head.position, fault);
  return head;
}

function evidenceFault(
  evidence: Evidence,
  position: number,
  ledgerId: string,
  before: Evidence | undefined,
): string | null {
  if (evidence.position !== position) return 'the event is missing';
  if (evidence.recordedAt < (before?.recordedAt ?? 0)) return 'time runs backwards';
  if (!leafHash(evidence.envelope).equals(evidence.leafHash)) {
    return 'the envelope does not match its leaf hash';
  }
  const envelope = envelopeOf(evidence);
  if (envelope === null) return 'the envelope cannot be read';
  if (envelope.formatVersion !== FORMAT_VERSION) return 'the envelope has an unknown format';
  if (envelope.ledgerId !== ledgerId) return 'the envelope names another ledger';
  if (envelope.position !== position) return 'the envelope names another position';
  if (Date.parse(envelope.recordedAt) !== evidence.recordedAt) {
    return 'the envelope names another instant';
  }
  return contentFault(evidence, envelope);
}

function contentFault(evidence: Evidence, envelope: Envelope): string | null {
  if (saltedHash(evidence.salt, evidence.data) !== envelope.dataHash) {
    return 'the data do not match their hash';
  }
  const { personal, personalSalt } = evidence;
  if (personal === null && personalSalt === null) return null;
  if (personal === null || personalSalt === null) return 'the personal part is half erased';
  return saltedHash(personalSalt, personal) === envelope.personalHash
    ? null
    : 'the personal part does not match its hash';
}

function headFault(head: Head, frontier: Frontier, last: Evidence | undefined): string | null {
  if (!frontier.root().equals(head.root)) return 'the events do not give the root';
  if (last === undefined) return null;
  if (!last.leafHash.equals(head.leafHash)) return 'the head does not match the last event';
  return last.recordedAt === head.recordedAt ? null : 'the head has another instant';
}

function envelopeOf(evidence: Evidence): Envelope | null {
  try {
    return parseEnvelope(evidence.envelope.toString('utf8'));
  } catch {
    return null;
  }
}
