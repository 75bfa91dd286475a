import { hash } from 'node:crypto';

/**
 * The Merkle tree of RFC 6962, section 2.1 (the same tree as RFC 9162), kept incrementally. Leaf
 * index = position − 1.
 */

export const HASH_BYTES = 32;

const LEAF = Buffer.from([0x00]);
const NODE = Buffer.from([0x01]);

/** The root of the tree without leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: Uint8Array = hash('sha256', '', 'buffer');

/** SHA-256(0x00 ‖ leaf). */
export function leafHash(leaf: Uint8Array): Uint8Array {
  return hash('sha256', Buffer.concat([LEAF, leaf]), 'buffer');
}

/** SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return hash('sha256', Buffer.concat([NODE, left, right]), 'buffer');
}

/**
 * The compact range of a growing tree: the roots of its perfect subtrees, largest first, one for
 * each bit of the size. Appending costs one node hash on average.
 */
export class Frontier {
  readonly #roots: Uint8Array[];
  #size: number;

  private constructor(size: number, roots: Uint8Array[]) {
    this.#size = size;
    this.#roots = roots;
  }

  static empty(): Frontier {
    return new Frontier(0, []);
  }

  /** Reads what `toBytes` wrote. Throws a RangeError when it does not belong to this size. */
  static fromBytes(size: number, bytes: Uint8Array): Frontier {
    const count = bitCount(size);
    if (bytes.length !== count * HASH_BYTES) throw new RangeError('not the frontier of that size');
    const roots = Array.from({ length: count }, (_, index) =>
      Uint8Array.from(bytes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES)),
    );
    return new Frontier(size, roots);
  }

  get size(): number {
    return this.#size;
  }

  /** Adds the hash of the next leaf. */
  append(leaf: Uint8Array): void {
    let root = leaf;
    for (let size = this.#size; size % 2 === 1; size = Math.floor(size / 2)) {
      root = nodeHash(this.#roots.pop() ?? EMPTY_ROOT, root);
    }
    this.#roots.push(root);
    this.#size += 1;
  }

  /** The root over all leaves. */
  root(): Uint8Array {
    const last = this.#roots.at(-1);
    if (last === undefined) return EMPTY_ROOT;
    return this.#roots.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
  }

  toBytes(): Uint8Array {
    return Buffer.concat(this.#roots);
  }

  copy(): Frontier {
    return new Frontier(this.#size, [...this.#roots]);
  }
}

function bitCount(size: number): number {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}
