import { hash } from 'node:crypto';

/** Bytes of a SHA-256 hash. */
const HASH_BYTES = 32;

/** The root of the empty tree: SHA-256 of nothing (RFC 6962, section 2.1). */
export const EMPTY_ROOT = hash('sha256', '', 'buffer');

// Hashing is synchronous and nothing below calls back, so that one buffer serves every call.
let leafInput = Buffer.alloc(4096);
const nodeInput = Buffer.alloc(1 + 2 * HASH_BYTES, 1);

/** SHA-256(0x00 ‖ entry), RFC 6962, section 2.1. */
export function leafHash(entry: Uint8Array): Buffer {
  if (entry.length >= leafInput.length) leafInput = Buffer.alloc(2 * entry.length);
  leafInput.set(entry, 1);
  return sha256(leafInput.subarray(0, 1 + entry.length));
}

/** SHA-256(0x01 ‖ left ‖ right), RFC 6962, section 2.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_BYTES);
  return sha256(nodeInput);
}

// By way of text: a short buffer is then cut from a shared one, instead of being an allocation of
// its own that costs as much as the hash.
function sha256(input: Uint8Array): Buffer {
  return Buffer.from(hash('sha256', input, 'binary'), 'latin1');
}

/**
 * The right edge of a Merkle tree: the roots of its complete subtrees, largest first, one for each
 * bit set in the size. Enough to append and to know the root, at about one node hash an append.
 */
export class Frontier {
  #size: number;
  #hashes: Buffer[];

  /** Throws a RangeError if the bytes do not fit the size. */
  constructor(size = 0, bytes: Buffer = Buffer.alloc(0)) {
    if (!Number.isSafeInteger(size) || size < 0) throw new RangeError('not a tree size');
    if (bytes.length !== HASH_BYTES * bitsSet(size)) {
      throw new RangeError('the frontier does not fit the size');
    }
    this.#size = size;
    this.#hashes = Array.from({ length: bytes.length / HASH_BYTES }, (_, index) =>
      bytes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES),
    );
  }

  /** The number of leaves. */
  get size(): number {
    return this.#size;
  }

  append(leaf: Buffer): void {
    let node = leaf;
    // Division, since sizes may exceed the 32 bits of JavaScript's bitwise operators.
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) {
      const left = this.#hashes.pop();
      if (left === undefined) throw new Error('the frontier lost a hash');
      node = nodeHash(left, node);
    }
    this.#hashes.push(node);
    this.#size += 1;
  }

  root(): Buffer {
    if (this.#size === 0) return EMPTY_ROOT;
    return this.#hashes.reduceRight((right, left) => nodeHash(left, right));
  }

  /** The hashes, to be restored with the size. */
  toBytes(): Buffer {
    return Buffer.concat(this.#hashes);
  }

  copy(): Frontier {
    const copy = new Frontier();
    copy.#size = this.#size;
    copy.#hashes = [...this.#hashes];
    return copy;
  }
}

function bitsSet(size: number): number {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}
