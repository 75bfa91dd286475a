import type { Connection } from '../ledger/sqlite/connection';
import type { LedgerReader, LedgerRef } from '../ledger/types';
import { readRules, rememberedRules, type RulesThen } from './rules-then';
import { EntityRows } from './sqlite/entity-rows';
import { FactRows } from './sqlite/fact-rows';
import { FollowedFacts } from './sqlite/followed-facts';
import { Interned } from './sqlite/interned';
import { ListRows } from './sqlite/list-rows';
import { LookupRows } from './sqlite/lookup-rows';
import { MarkRows } from './sqlite/mark-rows';
import { PresentFacts } from './sqlite/present-facts';
import { ReadSnapshot } from './sqlite/read-snapshot';
import { keyOf, Standings, type Standing } from './sqlite/standings';

/** How many ids are kept in memory. */
const CACHED = 50_000;

/** Everything that is read of one views file. */
export interface Rows {
  readonly entities: EntityRows;
  readonly lists: ListRows;
  readonly facts: FactRows;
  readonly lookups: LookupRows;
  readonly marks: MarkRows;
}

/** Prepares every statement that reads. */
export function prepareRows(
  db: Connection,
  interned: Interned,
  entities = new EntityRows(db, interned),
  facts = new FactRows(db, interned),
): Rows {
  return {
    entities,
    lists: new ListRows(db, interned, entities),
    facts,
    lookups: new LookupRows(db, interned),
    marks: new MarkRows(db, interned),
  };
}

/** One views file as its reader finds it at this point of the program. */
export interface ViewsState {
  readonly rows: () => Rows;
  /** Up to where the ledger is projected into those rows; undefined when nothing of it is. */
  readonly standing: (ref: LedgerRef) => Standing | undefined;
  readonly rulesThen: RulesThen;
}

/**
 * The state that a connection for reading sees: all that was committed when the running turn of the
 * event loop first asked, and nothing later until it ends or something is acknowledged. So an answer
 * made of many statements is true of one moment, and statements after the first need no locks.
 */
export function readerState(db: Connection, ledger: Pick<LedgerReader, 'page'>): ViewsState {
  const standings = new Standings(db);
  const known = new Map<number, Standing | null>();
  const interned = new Interned(db, CACHED);
  const snapshot = new ReadSnapshot(db, () => {
    known.clear();
    interned.expectMore();
  });
  const standing = (ref: LedgerRef): Standing | undefined => {
    snapshot.hold();
    const key = keyOf(ref);
    const before = known.get(key);
    if (before !== undefined) return before ?? undefined;
    const now = standings.of(ref);
    known.set(key, now ?? null);
    return now;
  };
  const entities = new EntityRows(db, interned);
  const followed = new FollowedFacts({
    ...{ ledger, interned, entities },
    organizationOf: (organization) => rows.lookups.organizationOf(organization),
  });
  const facts = new PresentFacts(db, interned, (organization) =>
    followed.at(organization, standing({ organization, kind: 'ACCESS' })?.position ?? 0),
  );
  const rows: Rows = prepareRows(db, interned, entities, facts);
  return {
    rows: () => {
      snapshot.hold();
      return rows;
    },
    standing,
    rulesThen: rememberedRules(readRules(entities)),
  };
}
