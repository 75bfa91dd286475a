import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** One piece of the compiled program, replaced. */
export interface Edit {
  /** Relative to dist/. */
  readonly file: string;
  /** Must occur exactly once, so that a mutant which no longer applies fails its test. */
  readonly find: string;
  readonly replace: string;
}

/** A deliberate defect. A test must notice it. */
export interface Mutant extends Edit {
  readonly name: string;
  /** What else must change for the defect to be noticed soon. */
  readonly also?: readonly Edit[];
}

export interface Build {
  /** The root of a checkout with dist/, migrations/ and node_modules/. */
  readonly root: string;
  readonly remove: () => void;
}

const ROOT = resolve(__dirname, '../../..');

/** The program as it is. */
export const ORIGINAL: Build = { root: ROOT, remove: () => undefined };

/** Copies the compiled program with one defect in it. */
export function buildMutant(mutant: Mutant): Build {
  const root = mkdtempSync(join(tmpdir(), 'palisade-mutant-'));
  cpSync(join(ROOT, 'dist'), join(root, 'dist'), { recursive: true });
  for (const shared of ['migrations', 'node_modules', 'package.json', 'schema.graphql']) {
    symlinkSync(join(ROOT, shared), join(root, shared));
  }
  for (const edit of [mutant, ...(mutant.also ?? [])]) {
    const path = join(root, 'dist', edit.file);
    const parts = readFileSync(path, 'utf8').split(edit.find);
    if (parts.length !== 2) {
      rmSync(root, { recursive: true });
      const times = String(parts.length - 1);
      throw new Error(`mutant "${mutant.name}" applies ${times} times to ${edit.file}`);
    }
    writeFileSync(path, parts.join(edit.replace));
  }
  return {
    root,
    remove: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}
