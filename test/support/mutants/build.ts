import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A deliberate defect: one piece of the compiled program, replaced. A test must notice it. */
export interface Mutant {
  readonly name: string;
  /** Relative to dist/. */
  readonly file: string;
  /** Must occur exactly once, so that a mutant which no longer applies fails its test. */
  readonly find: string;
  readonly replace: string;
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
  const path = join(root, 'dist', mutant.file);
  const source = readFileSync(path, 'utf8');
  const parts = source.split(mutant.find);
  if (parts.length !== 2) {
    rmSync(root, { recursive: true });
    throw new Error(
      `mutant "${mutant.name}" applies ${String(parts.length - 1)} times to ${mutant.file}`,
    );
  }
  writeFileSync(path, parts.join(mutant.replace));
  return {
    root,
    remove: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}
