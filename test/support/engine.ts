import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as ReadersModule from '../../src/cli/readers';
import type { Caller, Command, Outcome } from '../../src/commands/protocol';
import type { Pending, Writer } from '../../src/commands/writer';
import type { OrganizationId } from '../../src/domain/id';
import type * as EngineModule from '../../src/engine';
import type { Queries } from '../../src/views/queries';
import type { World } from '../../src/views/world';
import { ORIGINAL } from './mutants/build';

export type MemberCaller = Extract<Caller, { kind: 'MEMBER' }>;

/** What a test says of a command; the rest is of no matter to it. */
export type TestCommand = Pick<Command, 'mutation' | 'caller' | 'input'> & Partial<Command>;

export interface TestEngineOptions {
  /** The data folder. Left out: a new one, removed by `close`. */
  readonly folder?: string;
  /** Runs the compiled program of a build, such as a mutant's; left out: the sources. */
  readonly root?: string;
  /** Fills the bytes with random ones; the system's by default. */
  readonly random?: (target: Uint8Array) => void;
}

/** A data folder and everything that works on it, in this process: no thread, no HTTP. */
export interface TestEngine {
  readonly folder: string;
  /** The clock: set it as you like. Starts at the first of January 2026. */
  instant: number;
  readonly writer: Writer;
  /** What went to the log. */
  readonly logged: readonly string[];
  /** Reads what was committed; between two commands, wait for the first one's outcome. */
  readonly queries: Queries;
  /** One batch of one command. */
  readonly run: (command: TestCommand) => Promise<Outcome>;
  /** One batch of all of them. */
  readonly runTogether: (commands: readonly TestCommand[]) => Promise<readonly Outcome[]>;
  /** Makes an organization; the caller is its first ADMIN. */
  readonly found: (slug: string) => Promise<MemberCaller>;
  /** The organization as it stands. Throws when there is none. */
  readonly world: (organizationId: OrganizationId) => World;
  readonly close: () => void;
}

/** Opens a data folder as the server does, with a clock that stands still until it is set. */
export async function openTestEngine(options: TestEngineOptions = {}): Promise<TestEngine> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'palisade-engine-'));
  const { openEngine, Readers } = await program(options.root);
  const logged: string[] = [];
  const time = { instant: Date.UTC(2026, 0, 1) };
  const engine = openEngine({
    dataFolder: folder,
    migrations: join(options.root ?? ORIGINAL.root, 'migrations'),
    clock: () => time.instant,
    log: {
      error: (error, message) => {
        logged.push(`${message}: ${error instanceof Error ? error.message : String(error)}`);
      },
    },
    ...(options.random === undefined ? {} : { random: options.random }),
  });
  const readers = new Readers(folder, engine.viewsNumber());

  const runTogether = async (commands: readonly TestCommand[]): Promise<readonly Outcome[]> => {
    const pending: Pending[] = [];
    const outcomes = commands.map(
      ({ correlationId = 'test', idempotencyKey = null, ...command }) =>
        new Promise<Outcome>((reply) => {
          pending.push({ command: { ...command, correlationId, idempotencyKey }, reply });
        }),
    );
    engine.writer.execute(pending);
    return Promise.all(outcomes);
  };
  const run = async (command: TestCommand): Promise<Outcome> => {
    const [outcome] = await runTogether([command]);
    if (outcome === undefined) throw new Error('the command was not answered');
    return outcome;
  };
  return {
    folder,
    get instant() {
      return time.instant;
    },
    set instant(instant) {
      time.instant = instant;
    },
    writer: engine.writer,
    logged,
    queries: readers.queries,
    run,
    runTogether,
    found: async (slug) => {
      const outcome = await run({
        mutation: 'organizationCreate',
        caller: { kind: 'INSTALLATION' },
        input: { slug, name: slug, adminName: 'Admin' },
      });
      if (outcome.kind !== 'DONE') throw new Error(JSON.stringify(outcome));
      return { kind: 'MEMBER', ...outcome.ids } as MemberCaller;
    },
    world: (organizationId) => {
      const world = readers.queries.world(organizationId, time.instant);
      if (world === undefined) throw new RangeError(`no organization ${organizationId}`);
      return world;
    },
    close: () => {
      readers.close();
      engine.close();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Program = Pick<typeof EngineModule, 'openEngine'> & Pick<typeof ReadersModule, 'Readers'>;

/** Both halves from one build: a defect may sit on either side. */
async function program(root: string | undefined): Promise<Program> {
  const folder = root === undefined ? join(ORIGINAL.root, 'src') : join(root, 'dist');
  const engine = (await import(join(folder, 'engine'))) as typeof EngineModule;
  const readers = (await import(join(folder, 'cli', 'readers'))) as typeof ReadersModule;
  return { openEngine: engine.openEngine, Readers: readers.Readers };
}
