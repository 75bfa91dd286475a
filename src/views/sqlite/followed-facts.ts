import { currentData, eventType } from '../../domain/catalogue';
import type { OrganizationId } from '../../domain/id';
import type { LedgerReader, OrganizationNumber, StoredEvent } from '../../ledger/types';
import { project } from '../projection/project';
import type { EntityRows } from './entity-rows';
import type { Interned } from './interned';
import { endsOf, OpenFacts, rowOf, type Ends, type FactRow } from './open-facts';

/** How many lists of open facts, and facts in them, are kept for certain, and twice as many at most. */
const CACHED = 200_000;
/** To follow more events than this takes longer than to read again what is asked about. */
const FOLLOWED_MAX = 256;

/** What it takes to know what events have changed. */
export interface FollowedParts {
  readonly ledger: Pick<LedgerReader, 'page'>;
  readonly interned: Interned;
  readonly entities: Pick<EntityRows, 'past'>;
  readonly organizationOf: (organization: OrganizationNumber) => OrganizationId;
}

/** What one event closes and opens. */
interface Moved {
  readonly closed: readonly Ends[];
  readonly opened: readonly FactRow[];
}

const NOTHING: Moved = { closed: [], opened: [] };

/**
 * Open facts as one knows them who only reads: lists that were read lately, each moved on by the
 * events that were projected since, as the writer moves its own. A subject's number is of one
 * organization, and so is its list.
 */
export class FollowedFacts {
  readonly #parts: FollowedParts;
  readonly #open = new OpenFacts(CACHED);
  /** Up to where the lists of each organization are followed. */
  readonly #positions = new Map<OrganizationNumber, number>();

  constructor(parts: FollowedParts) {
    this.#parts = parts;
  }

  /**
   * The lists as they stand at this position of the organization's access ledger, which must be the
   * one that the views are read at.
   */
  at(organization: OrganizationNumber, position: number): OpenFacts {
    const known = this.#positions.get(organization);
    if (known === position) return this.#open;
    if (known !== undefined) this.#follow(organization, known, position);
    this.#positions.set(organization, position);
    return this.#open;
  }

  #follow(organization: OrganizationNumber, known: number, position: number): void {
    const missed = position - known;
    const follows = missed > 0 && missed <= FOLLOWED_MAX;
    const ref = { organization, kind: 'ACCESS' } as const;
    const events = follows ? this.#parts.ledger.page(ref, known + 1, missed) : [];
    if (events.length !== missed) {
      this.#open.clear();
      return;
    }
    // All is read before any list moves: a fault of the disk leaves them where they were.
    for (const { closed, opened } of events.map((event) => this.#movedBy(organization, event))) {
      for (const ends of closed) this.#open.remove(ends);
      for (const row of opened) this.#open.add(row);
    }
  }

  #movedBy(organization: OrganizationNumber, event: StoredEvent): Moved {
    const { entities, interned, organizationOf } = this.#parts;
    const { position } = event;
    const type = eventType(event);
    if (type.entity === null) return NOTHING;
    const id = String(currentData(event, type)[type.idField]);
    const before = entities.past(organization, type.entity, id, position - 1);
    const change = project(event, type, organizationOf(organization), before);
    if (change === null) return NOTHING;
    const numberOf = (text: string): number => {
      const number = interned.number(organization, text);
      if (number === undefined) throw new RangeError(`the views do not name ${text}`);
      return number;
    };
    return {
      closed: change.closes.map((fact) => endsOf(fact, numberOf)),
      opened: change.opens.map((fact) => rowOf(fact, position, numberOf)),
    };
  }
}
