import { hash } from 'node:crypto';
import fc from 'fast-check';
import { EVENT_TYPES } from '../../../src/domain/catalogue';
import type { DomainEvent } from '../../../src/domain/event';
import type { OrganizationId } from '../../../src/domain/id';
import { MemberAdded } from '../../../src/domain/member/events';
import { OrganizationCreated } from '../../../src/domain/organization/events';
import { agentActs } from '../access/acts/agent';
import { clusterActs } from '../access/acts/cluster';
import { organizationActs } from '../access/acts/organization';
import { pipelineActs } from '../access/acts/pipeline';
import { HistoryBuilder, MINUTE_MS, type Act } from '../access/history-builder';
import { updateActs } from './acts';

const ACTS: Readonly<Record<string, Act>> = {
  ...organizationActs,
  ...clusterActs,
  ...pipelineActs,
  ...agentActs,
  ...updateActs,
};

/** Events that are recorded together, and when. */
export interface Batch {
  readonly instant: number;
  readonly events: readonly DomainEvent[];
}

/** Both ledgers of one organization in the order in which they were written. */
export interface WrittenHistory {
  readonly organizationId: OrganizationId;
  readonly batches: readonly Batch[];
}

/** Keeps both ledgers in one order. */
class WrittenHistoryBuilder extends HistoryBuilder {
  readonly written: DomainEvent[] = [];

  override record(event: DomainEvent): void {
    super.record(event);
    this.written.push(event);
  }

  /** What was written since the last time. */
  take(): Batch {
    return { instant: this.instant, events: this.written.splice(0) };
  }
}

const small = fc.nat({ max: 12 });
const step = fc.record({
  act: fc.constantFrom(...Object.keys(ACTS)),
  a: small,
  b: small,
  c: small,
  minutes: fc.nat({ max: 2 }),
});

const PRELUDE = [
  ...['memberAdd', 'memberAdd', 'teamCreate', 'teamCreate', 'clusterCreate', 'clusterCreate'],
  ...['queueCreate', 'queueCreate', 'pipelineCreate', 'pipelineCreate', 'tokenCreate'],
  ...['teamMemberAdd', 'clusterGrant', 'pipelineGrant', 'keyRegister', 'keyProve', 'agentRegister'],
];

/** A small organization's history with every kind of event, each batch that of one command. */
export const writtenHistory: fc.Arbitrary<WrittenHistory> = fc
  .array(step, { minLength: 20, maxLength: 70 })
  .map((steps) => {
    const builder = new WrittenHistoryBuilder();
    const { organizationId } = builder;
    const userId = builder.newId('usr');
    const batches: Batch[] = [];
    const perform = (name: string, numbers: Parameters<Act>[1]): void => {
      ACTS[name]?.(builder, numbers);
      const batch = builder.take();
      if (batch.events.length > 0) batches.push(batch);
    };
    builder.record(
      OrganizationCreated.make(
        { organizationId, slug: 'organization', membersCanCreatePipelines: false },
        { name: 'Organization' },
      ),
    );
    builder.record(
      MemberAdded.make({ userId, role: 'ADMIN', kind: 'PERSON' }, { name: 'Admin', email: null }),
    );
    PRELUDE.forEach((name, index) => perform(name, { a: index, b: index + 1, c: index }));
    for (const { act, minutes, ...numbers } of steps) {
      builder.instant += minutes * MINUTE_MS;
      perform(act, numbers);
    }
    return { organizationId, batches };
  });

/**
 * The history as another organization has it: under its own id, with slugs that are unique where
 * they must be, every other id the same.
 */
export function asOrganization(history: WrittenHistory, id: OrganizationId): WrittenHistory {
  const text = JSON.stringify(history).replaceAll(history.organizationId, id);
  const { batches } = JSON.parse(text) as WrittenHistory;
  return {
    organizationId: id,
    batches: batches.map(({ instant, events }) => ({
      instant,
      events: events.map((event) => ({ ...event, data: unique(event, id) })),
    })),
  };
}

/** Names end with what tells their entity from others; an organization's with its own id. */
function unique({ type, data }: DomainEvent, organizationId: OrganizationId): DomainEvent['data'] {
  const id = String(data[EVENT_TYPES.get(type)?.idField ?? '']);
  const tail = id.slice(-6);
  return {
    ...data,
    ...('slug' in data ? { slug: `${String(data['slug'])}-${tail}` } : {}),
    ...('key' in data ? { key: `${String(data['key'])}-${tail}` } : {}),
    ...('tokenHash' in data ? { tokenHash: hash('sha256', organizationId + id) } : {}),
  };
}
