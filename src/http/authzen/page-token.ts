import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Moment } from '../../access/facts';
import { malformed } from './faults';

/** Where a page begins: the moment of all pages, and its place in the whole list. */
export interface Place {
  readonly moment: Moment;
  readonly after: number;
  readonly limit: number;
}

const MAC_BYTES = 16;
const LENGTH_MAX = 512;

/**
 * Makes and reads the tokens of pages. A token is a place and a code over the place, the question and
 * whoever asks it, by a key that never leaves this process: none can be made up, or used for another
 * question or by another member. It opens nothing: each page is a fresh question, by the rights of
 * its own time.
 */
export class PageTokens {
  readonly #key: Uint8Array;

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** `question` says who asks what, in one text only. */
  make({ moment, after, limit }: Place, question: string): string {
    const place = Buffer.from(JSON.stringify([moment.position, moment.instant, after, limit]));
    return Buffer.concat([this.#codeOf(place, question), place]).toString('base64url');
  }

  /** Throws AuthzenFault for whatever this process did not make for this question. */
  read(token: string, question: string): Place {
    const bytes = Buffer.from(token.length > LENGTH_MAX ? '' : token, 'base64url');
    const place = bytes.subarray(MAC_BYTES);
    const code = bytes.subarray(0, MAC_BYTES);
    const expected = this.#codeOf(place, question);
    if (code.length !== expected.length || !timingSafeEqual(code, expected)) {
      throw malformed('page.token is not one of this question. Begin with the first page again.');
    }
    // Only what `make` wrote has the right code.
    const [position, instant, after, limit] = JSON.parse(place.toString()) as readonly [
      number,
      number,
      number,
      number,
    ];
    return { moment: { position, instant }, after, limit };
  }

  #codeOf(place: Uint8Array, question: string): Buffer {
    const hmac = createHmac('sha256', this.#key);
    // The place holds digits and commas only: where the question begins is never in doubt.
    return hmac.update(place).update('\0').update(question).digest().subarray(0, MAC_BYTES);
  }
}
