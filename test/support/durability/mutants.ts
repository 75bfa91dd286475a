import type { Mutant } from '../mutants/build';

/** Long enough for a random kill to come in between, often. */
const PAUSE = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);';

/** As compiled: the ledger commits, then the views. */
const COMMITS = `    commitLedger() {
        this.#parts.ledger.commit();
    }
    commitViews() {
        this.#parts.views().commit();
    }
`;

export const ACKNOWLEDGES_BEFORE_COMMIT: Mutant = {
  name: 'acknowledges before the commit',
  file: 'commands/storage.js',
  find: COMMITS,
  replace: `    commitLedger() { }
    commitViews() {
        const { ledger, views } = this.#parts;
        this.late = () => { this.late = undefined; ledger.commit(); views().commit(); };
        const { late } = this;
        setImmediate(() => { if (this.late === late) { ${PAUSE} late(); } });
    }
`,
  // The next batch may come first: without this it would fail at once, and tell of another fault.
  also: [
    {
      file: 'commands/storage.js',
      find: 'this.#parts.ledger.begin();',
      replace: 'this.late?.(); this.#parts.ledger.begin();',
    },
  ],
};

export const COMMITS_VIEWS_FIRST: Mutant = {
  name: 'commits the views first',
  file: 'commands/storage.js',
  find: COMMITS,
  replace: `    commitLedger() {
        this.#parts.views().commit();
        ${PAUSE}
        this.#parts.ledger.commit();
    }
    commitViews() { }
`,
};

export const DOES_NOT_CATCH_UP: Mutant = {
  name: 'does not catch up when it starts',
  file: 'engine.js',
  find: 'views.catchUp();',
  replace: '',
  also: [
    {
      file: 'commands/storage.js',
      find: 'this.#parts.ledger.commit();',
      replace: `this.#parts.ledger.commit(); ${PAUSE}`,
    },
  ],
};

export const WRITES_WITHOUT_SYNC: Mutant = {
  name: 'keeps the ledger with synchronous=NORMAL',
  file: 'ledger/sqlite/open.js',
  find: "synchronous: 'FULL'",
  replace: "synchronous: 'NORMAL'",
};
