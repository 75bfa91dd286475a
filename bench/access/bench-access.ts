import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { AccessCase } from './case';
import { alikeCase } from './cases/alike';
import { authzenCase } from './cases/authzen';
import { engineCase } from './cases/engine';
import { graphqlCase } from './cases/graphql';
import { longCase } from './cases/long';
import { pastCase } from './cases/past';
import { previewCase } from './cases/preview';
import { subjectsCase } from './cases/subjects';
import { makeFolder, type BenchFolder } from './make-folder';

const ROOT = resolve(__dirname, '../..');
const MIGRATIONS = join(ROOT, 'migrations');
const CASES: readonly AccessCase[] = [
  engineCase,
  pastCase,
  subjectsCase,
  longCase,
  previewCase,
  graphqlCase,
  authzenCase,
  alikeCase,
];
const SMALL = { users: 1000, clusters: 100, wide: 100 };
const LARGE = { users: 100_000, clusters: 10_000, wide: 10_000 };

/**
 * How fast access is answered, beside bare servers on the same machine. `--events N` makes a shorter
 * past, `--case NAME` runs one case alone, `--folder PATH` keeps the data for the next run.
 */
export async function benchAccess(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      events: { type: 'string', default: '1000000' },
      case: { type: 'string', multiple: true },
      folder: { type: 'string' },
    },
  });
  const events = Number(values.events);
  if (!Number.isSafeInteger(events) || events < 1) throw new RangeError('--events takes a number');
  const chosen = CASES.filter(({ name }) => values.case?.includes(name) ?? true);
  if (chosen.length === 0) {
    throw new RangeError(`--case takes ${CASES.map(({ name }) => name).join(', ')}`);
  }
  const folder = values.folder ?? temporaryFolder();
  const once = (name: string, sizes: typeof SMALL, past: number): (() => BenchFolder) => {
    let made: BenchFolder | undefined;
    return () => (made ??= makeFolder(join(folder, `${name}-${past}`), sizes, past, MIGRATIONS));
  };
  const parts = {
    migrations: MIGRATIONS,
    folder,
    small: once('small', SMALL, 20_000),
    large: once('large', LARGE, events),
  };
  try {
    for (const { run } of chosen) await run(parts);
  } finally {
    if (values.folder === undefined) rmSync(folder, { recursive: true });
  }
}

// Not the system's temporary folder, which may be memory: the files are as large as in earnest.
function temporaryFolder(): string {
  mkdirSync(join(ROOT, 'build'), { recursive: true });
  return mkdtempSync(join(ROOT, 'build', 'bench-'));
}
