import { createCipheriv, createDecipheriv, type CipherGCM } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Sealed texts have a multiple of this length, so as not to tell that of a name. */
const PADDED_TO = 256;
/** In no base64url text. */
const MARK = '.';

/**
 * Seals cursors that point to what their reader may not see: where a page stopped among hidden rows,
 * whose names it must not tell. The key is of this process: after a restart, such a cursor is no
 * cursor of any list, and its reader begins again.
 */
export class CursorSeal {
  readonly #key: Uint8Array;
  readonly #random: (bytes: number) => Uint8Array;

  /** `random` gives unpredictable bytes; the key is drawn from it. */
  constructor(random: (bytes: number) => Uint8Array) {
    this.#key = random(32);
    this.#random = random;
  }

  seal(cursor: string): string {
    const nonce = this.#random(NONCE_BYTES);
    const cipher: CipherGCM = createCipheriv(ALGORITHM, this.#key, nonce);
    const padded = cursor.padEnd(Math.ceil(cursor.length / PADDED_TO) * PADDED_TO, MARK);
    const sealed = Buffer.concat([cipher.update(padded, 'utf8'), cipher.final()]);
    return MARK + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** The cursor that was sealed; any other text as it is, and nothing for a broken seal. */
  open(text: string): string {
    if (!text.startsWith(MARK)) return text;
    const bytes = Buffer.from(text.slice(MARK.length), 'base64url');
    if (bytes.length < NONCE_BYTES + TAG_BYTES) return '';
    const tagAt = NONCE_BYTES;
    const sealedAt = NONCE_BYTES + TAG_BYTES;
    const decipher = createDecipheriv(ALGORITHM, this.#key, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAuthTag(bytes.subarray(tagAt, sealedAt));
    try {
      const opened = decipher.update(bytes.subarray(sealedAt), undefined, 'utf8');
      return (opened + decipher.final('utf8')).replace(/\.+$/u, '');
    } catch {
      return '';
    }
  }
}
