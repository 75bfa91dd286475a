import type { Action } from '../access/actions';
import type { Reference } from './reference';

/** What a question says beside subject, action and resource. */
export interface Particulars {
  readonly branch?: string;
  /** For `pipeline:move`: the id of the target, null for out of every cluster. */
  readonly targetClusterId?: string | null;
  /** The instant to answer at, milliseconds; the model's present if left out. */
  readonly at?: number;
}

/** A subject or a resource, by its kind and id. */
export interface Named {
  readonly kind: string;
  readonly id: string;
}

/** How a check came out. */
export interface Outcome {
  readonly allowed: boolean;
  readonly code: string;
}

/** Whom the expectations are put to: facts of a file, or a server. All ids are opaque. */
export interface Model {
  /** The id of what the file names. Throws UnknownName where there is no such thing. */
  readonly idOf: (reference: Reference) => Promise<string>;
  readonly check: (
    subject: Named,
    action: Action,
    resource: Named,
    more: Particulars,
  ) => Promise<Outcome>;
  /** Ids. */
  readonly subjects: (
    kind: 'user' | 'pipeline',
    action: Action,
    resource: Named,
    more: Particulars,
  ) => Promise<readonly string[]>;
  /** Ids. */
  readonly resources: (
    subject: Named,
    action: Action,
    kind: string,
    more: Particulars,
  ) => Promise<readonly string[]>;
  readonly actions: (
    subject: Named,
    resource: Named,
    more: Particulars,
  ) => Promise<readonly string[]>;
}

/** Thrown where a name leads to nothing. */
export class UnknownName extends Error {
  override readonly name = 'UnknownName';
}
