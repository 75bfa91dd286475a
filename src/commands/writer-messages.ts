import type { Command, Outcome } from './protocol';

/** A command under the number that its outcome comes back with. */
export interface Numbered {
  readonly number: number;
  readonly command: Command;
}

/** When an agent or an API token was last seen, by its id. */
export type Sightings = readonly (readonly [id: string, instant: number])[];

/** What whoever holds the host may have the writer do to its files, beside commands. */
export type HostTask =
  | { readonly kind: 'ADOPT_VIEWS'; readonly viewsNumber: number }
  | { readonly kind: 'KEEP_INSTALLATION_TOKEN'; readonly tokenHash: string };

/** What the HTTP thread sends to the writer's thread. */
export type ToWriter =
  | { readonly kind: 'BATCH'; readonly commands: readonly Numbered[] }
  | { readonly kind: 'SEEN'; readonly sightings: Sightings }
  | { readonly kind: 'HOST_TASK'; readonly task: HostTask }
  | { readonly kind: 'STOP' };

/** What the writer did lately, for metrics and readiness. */
export interface WriterStatus {
  /** False once the ledger refused to go on; nothing is written any more. */
  readonly writable: boolean;
  /** True while the views lag behind the ledger because they could not be written. */
  readonly viewsBehind: boolean;
  readonly batches: number;
  readonly commands: number;
}

/** What the writer's thread sends back. */
export type FromWriter =
  | { readonly kind: 'READY'; readonly viewsNumber: number }
  | { readonly kind: 'OUTCOMES'; readonly outcomes: readonly (readonly [number, Outcome])[] }
  | { readonly kind: 'BATCH_DONE'; readonly status: WriterStatus; readonly elapsedMs: number }
  | { readonly kind: 'STATUS'; readonly status: WriterStatus }
  | { readonly kind: 'HOST_TASK_DONE'; readonly error: string | null }
  | { readonly kind: 'LOG'; readonly message: string; readonly error: string }
  | { readonly kind: 'STOPPED' };
