import Sqlite, { type Database } from 'better-sqlite3';

/** More pages than any test fills. */
const UNLIMITED = 1_000_000;

/** Resolves with what `open` does, and with the connections for writing that it opened. */
export async function connectionsFor<T>(
  open: () => Promise<T>,
): Promise<{ readonly opened: T; readonly writing: readonly Database[] }> {
  const pragma = jest.spyOn(Sqlite.prototype, 'pragma');
  try {
    const opened = await open();
    const connections = new Set(pragma.mock.contexts as Database[]);
    return { opened, writing: [...connections].filter((db) => db.open && !db.readonly) };
  } finally {
    pragma.mockRestore();
  }
}

/** How far the file behind a connection may grow: a disk that is full wherever the test says. */
export class PageLimit {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** From now on the file may grow by so many pages, and not by one more. */
  allow(pages: number): void {
    const now = Number(this.#db.pragma('page_count', { simple: true }));
    this.#db.pragma(`max_page_count = ${now + pages}`);
  }

  lift(): void {
    this.#db.pragma(`max_page_count = ${UNLIMITED}`);
  }
}
