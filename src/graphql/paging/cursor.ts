import { fault } from '../errors';

/** Raised when the parts of a cursor change their meaning; older cursors are then refused. */
const VERSION = 1;
const LENGTH_MAX = 4096;

/** Where a row stands: the list it belongs to, then whatever finds the place again. */
export type CursorParts = readonly (string | number)[];

/** Encodes a place in a list. Opaque to clients, and nothing in it is secret from who got it. */
export function encodeCursor(list: string, parts: CursorParts): string {
  return Buffer.from(JSON.stringify([VERSION, list, ...parts]), 'utf8').toString('base64url');
}

/** The parts of a cursor of this list. Throws BAD_USER_INPUT for any other text. */
export function decodeCursor(list: string, cursor: string): CursorParts {
  const [version, name, ...parts] = cursor.length > LENGTH_MAX ? [] : readParts(cursor);
  if (version !== VERSION || name !== list) throw badCursor();
  return parts;
}

/** The error for a cursor that is malformed, of another list, or of another version. */
export function badCursor(): Error {
  return fault('BAD_USER_INPUT', 'The cursor is not one of this list.', {
    fields: [{ field: 'after', constraint: 'isCursor', message: 'must be a cursor of this list' }],
  });
}

function readParts(cursor: string): CursorParts {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parts) && parts.every(isPart) ? parts : [];
  } catch {
    return [];
  }
}

function isPart(part: unknown): part is string | number {
  return typeof part === 'string' || Number.isSafeInteger(part);
}
