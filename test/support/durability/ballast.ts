import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const BLOCK = 4096;
const LARGEST = 1024 * 1024;

/** A file that takes whatever space a disk has left, and gives it back block by block. */
export class Ballast {
  readonly #file: number;
  #size = 0;

  constructor(folder: string) {
    this.#file = openSync(join(folder, 'ballast'), 'w');
  }

  /** Leaves not one block. */
  fill(): void {
    for (let bytes = LARGEST; bytes >= BLOCK; bytes /= 2) while (this.#grow(bytes));
  }

  /** Gives one block back. */
  yieldBlock(): void {
    this.#size -= BLOCK;
    ftruncateSync(this.#file, this.#size);
    fsyncSync(this.#file);
  }

  close(): void {
    closeSync(this.#file);
  }

  #grow(bytes: number): boolean {
    try {
      const written = writeSync(this.#file, Buffer.alloc(bytes, 1), 0, bytes, this.#size);
      fsyncSync(this.#file);
      this.#size += written;
      return written === bytes;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false;
      throw error;
    }
  }
}
