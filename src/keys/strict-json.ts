/**
 * A JSON reader for what strangers sign and send. It accepts a subset of RFC 8259 in which every
 * text has one meaning, so that no two parsers can disagree about a header, a claim or a key.
 */

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
/** An object without a prototype: `__proto__` and `constructor` are ordinary names in it. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

export type JsonFault =
  | 'TOO_LONG'
  | 'ENCODING'
  | 'SYNTAX'
  | 'TOO_DEEP'
  | 'ARRAY_TOO_LONG'
  | 'DUPLICATE_NAME'
  | 'LONE_SURROGATE'
  | 'NUMBER';

export type JsonResult =
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly fault: JsonFault };

const BYTES_MAX = 4096;
const DEPTH_MAX = 4;
const ITEMS_MAX = 64;

const WHITE_SPACE = /[ \t\n\r]*/y;
// Every character but the quote, the backslash and, as RFC 8259 demands, the control characters.
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?[0-9][0-9.eE+-]*/y;
const LITERAL = /true|false|null/y;
const INTEGER = /^(?:0|-?[1-9][0-9]*)$/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Reads one JSON value that fills the bytes from the first to the last: at most 4096 bytes of
 * UTF-8 without BOM, at most 4 levels of nesting and 64 items in an array, no name twice in an
 * object (compared after unescaping), no lone surrogates, and of numbers only safe integers
 * without fraction, exponent or minus zero. Never throws on input.
 */
export function readStrictJson(bytes: Uint8Array): JsonResult {
  if (bytes.length > BYTES_MAX) return { ok: false, fault: 'TOO_LONG' };
  const text = decodeUtf8(bytes);
  if (text === null) return { ok: false, fault: 'ENCODING' };
  try {
    return { ok: true, value: new Reader(text).readAll() };
  } catch (error) {
    if (error instanceof Stop) return { ok: false, fault: error.fault };
    throw error;
  }
}

/** True if the value is an object, not an array, null or a scalar. */
export function isJsonObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.startsWith('\ufeff') ? null : text;
  } catch {
    return null;
  }
}

/** Leaves the descent at the first fault; never seen outside this file. */
class Stop extends Error {
  constructor(readonly fault: JsonFault) {
    super(fault);
  }
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  readAll(): JsonValue {
    const value = this.readValue(1);
    if (this.at !== this.text.length) throw new Stop('SYNTAX');
    return value;
  }

  private readValue(depth: number): JsonValue {
    switch (this.text[this.at]) {
      case '{':
        return this.readObject(depth);
      case '[':
        return this.readArray(depth);
      case '"':
        return this.readString();
      case 't':
      case 'f':
      case 'n':
        return JSON.parse(this.take(LITERAL)) as boolean | null;
      default:
        return this.readNumber();
    }
  }

  private readObject(depth: number): JsonObject {
    const members = Object.create(null) as Record<string, JsonValue>;
    this.readList('}', depth, () => {
      const name = this.readString();
      if (name in members) throw new Stop('DUPLICATE_NAME');
      this.take(WHITE_SPACE);
      if (!this.skip(':')) throw new Stop('SYNTAX');
      this.take(WHITE_SPACE);
      members[name] = this.readValue(depth + 1);
    });
    return members;
  }

  private readArray(depth: number): readonly JsonValue[] {
    const items: JsonValue[] = [];
    this.readList(']', depth, () => {
      if (items.length === ITEMS_MAX) throw new Stop('ARRAY_TOO_LONG');
      items.push(this.readValue(depth + 1));
    });
    return items;
  }

  private readList(end: string, depth: number, readEntry: () => void): void {
    if (depth > DEPTH_MAX) throw new Stop('TOO_DEEP');
    this.at += 1;
    this.take(WHITE_SPACE);
    if (this.skip(end)) return;
    for (;;) {
      readEntry();
      this.take(WHITE_SPACE);
      if (this.skip(end)) return;
      if (!this.skip(',')) throw new Stop('SYNTAX');
      this.take(WHITE_SPACE);
    }
  }

  private readString(): string {
    const value = JSON.parse(this.take(STRING)) as string;
    if (LONE_SURROGATE.test(value)) throw new Stop('LONE_SURROGATE');
    return value;
  }

  private readNumber(): number {
    const token = this.take(NUMBER);
    const value = Number(token);
    if (!INTEGER.test(token) || !Number.isSafeInteger(value)) throw new Stop('NUMBER');
    return value;
  }

  private take(token: RegExp): string {
    token.lastIndex = this.at;
    const match = token.exec(this.text);
    if (match === null) throw new Stop('SYNTAX');
    this.at = token.lastIndex;
    return match[0];
  }

  private skip(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }
}
