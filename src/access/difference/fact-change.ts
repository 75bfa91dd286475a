import type { Fact } from '../facts';

/**
 * A fact that holds on one side of two moments only, and what began or ended it between them: an
 * event of the access ledger, or the fact's own expiry.
 */
export type FactChange =
  | {
      readonly how: 'OPENED' | 'CLOSED';
      readonly fact: Fact;
      /** The position of the event. */
      readonly position: number;
    }
  | { readonly how: 'EXPIRED'; readonly fact: Fact };
