import { CommandRunner } from '../../../src/commands/command-runner';
import { HANDLERS } from '../../../src/commands/handlers';
import type { Command, Outcome } from '../../../src/commands/protocol';
import { Storage } from '../../../src/commands/storage';
import { Writer } from '../../../src/commands/writer';
import { Readers } from '../../../src/cli/readers';
import type { OrganizationId } from '../../../src/domain/id';
import { randomFillSync } from 'node:crypto';
import { formatSecretToken } from '../../../src/keys/secret-token';
import { RandomPool } from '../../../src/ledger/random-pool';
import { storageFault } from '../../../src/ledger/sqlite/storage-fault';
import { LEDGER_KINDS, type StoredEvent } from '../../../src/ledger/types';
import type { Queries } from '../../../src/views/queries';
import type { World } from '../../../src/views/world';
import type { MemberCaller, TestCommand } from '../engine';
import type { RawLedgers } from '../reference/organization';
import { ViewsFiles } from '../views/views-files';

/**
 * One data folder for thousands of organizations: the writer, the ledger and the views are those of
 * the server, only that
 * nothing is flushed to the disk.
 */
export class Installation {
  readonly queries: Queries;
  readonly #files: ViewsFiles;
  readonly #readers: Readers;
  readonly #storage: Storage;
  readonly #runner: CommandRunner;
  readonly #writer: Writer;

  constructor() {
    const pool = new RandomPool(randomFillSync);
    this.#files = new ViewsFiles();
    const { ledger, reader, writer, folder } = this.#files;
    const { shared } = ledger;
    this.#storage = new Storage({ ledger, reader, shared, storageFault, views: () => writer });
    this.#runner = new CommandRunner(this.#storage, {
      handlers: HANDLERS,
      newId: (prefix) => this.#files.newId(prefix),
      newSecret: (kind) => formatSecretToken(kind, pool.take(32)),
    });
    const log = {
      error: (error: unknown) => {
        throw error;
      },
    };
    this.#writer = new Writer(this.#storage, this.#runner, () => this.now, log);
    this.#readers = new Readers(folder, 1);
    this.queries = this.#readers.queries;
  }

  /** The clock: it stands still until it is set. */
  get now(): number {
    return this.#files.now;
  }

  set now(instant: number) {
    this.#files.now = instant;
  }

  /** One batch of one command. */
  run(command: TestCommand): Outcome {
    const [outcome] = this.runTogether([command]);
    if (outcome === undefined) throw new Error('the command was not answered');
    return outcome;
  }

  /** One batch of all of them. */
  runTogether(commands: readonly TestCommand[]): readonly Outcome[] {
    const outcomes: Outcome[] = [];
    const reply = (outcome: Outcome): void => {
      outcomes.push(outcome);
    };
    this.#writer.execute(commands.map((command) => ({ command: whole(command), reply })));
    return outcomes;
  }

  /** Makes an organization; the caller is its first ADMIN. */
  found(slug: string): MemberCaller {
    const outcome = this.run({
      mutation: 'organizationCreate',
      caller: { kind: 'INSTALLATION' },
      input: { slug, name: slug, adminName: 'Admin' },
    });
    if (outcome.kind !== 'DONE') throw new Error(JSON.stringify(outcome));
    return { kind: 'MEMBER', ...outcome.ids } as MemberCaller;
  }

  /** What the organization would be after these commands, which are carried out and rolled back. */
  attempt<T>(
    organizationId: OrganizationId,
    commands: readonly TestCommand[],
    look: (world: World, outcomes: readonly Outcome[]) => T,
  ): T {
    this.#storage.begin();
    try {
      const outcomes = commands.map((command) => this.#runner.run(whole(command), this.now));
      const world = this.#storage.world(organizationId, this.now);
      if (world === undefined) throw new RangeError(`no organization ${organizationId}`);
      return look(world, outcomes);
    } finally {
      this.#storage.rollback();
    }
  }

  /** All that the organization's ledgers hold. */
  ledgersOf(organizationId: OrganizationId): RawLedgers {
    const organization = this.#storage.number(organizationId);
    const [access, activity] = LEDGER_KINDS.map((kind): readonly StoredEvent[] =>
      this.#files.reader.page({ organization, kind }, 1, 10_000),
    );
    return { access: access ?? [], activity: activity ?? [] };
  }

  close(): void {
    this.#readers.close();
    this.#files.close();
  }
}

function whole({
  correlationId = 'test',
  idempotencyKey = null,
  ...command
}: TestCommand): Command {
  return { ...command, correlationId, idempotencyKey };
}
