import type { Caller, Command } from '../../../src/commands/protocol';

export type Admin = Extract<Caller, { kind: 'MEMBER' }>;

/** What a child is started with. */
export interface ChildStart {
  /** Of the build that it runs: see `Build`. */
  readonly root: string;
  readonly folder: string;
  /** Distinguishes its commands from those of children before it. */
  readonly run: string;
  /** Who sends the commands; left out in a new folder, where the child makes an organization. */
  readonly admin?: Admin;
  /** Commands that a child before it was given and never answered: they are sent again. */
  readonly again?: readonly Command[];
}

/** What a child says. */
export type FromChild =
  | { readonly kind: 'READY'; readonly admin: Admin }
  | { readonly kind: 'ASKED'; readonly command: Command }
  | { readonly kind: 'ACKNOWLEDGED'; readonly correlationId: string; readonly position: number }
  | { readonly kind: 'NOT_DONE'; readonly mutation: string; readonly code: string }
  | { readonly kind: 'LOG'; readonly text: string }
  | { readonly kind: 'FAILED'; readonly text: string };

export type Acknowledged = Extract<FromChild, { kind: 'ACKNOWLEDGED' }>;
