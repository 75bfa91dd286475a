import type { BenchFolder } from './make-folder';

/** What a case may measure with. */
export interface BenchParts {
  readonly migrations: string;
  /** Where folders are made. */
  readonly folder: string;
  /** The folders, by the number of users; made on first use. */
  readonly small: () => BenchFolder;
  readonly large: () => BenchFolder;
}

/** One thing that is measured. It checks every answer before it takes the time of any. */
export interface AccessCase {
  readonly name: string;
  readonly run: (parts: BenchParts) => Promise<void> | void;
}
