import { FormatRegistry, Type } from '@sinclair/typebox';

const FORMAT = 'instant that there is';
const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/u;
const SECONDS = 'YYYY-MM-DDTHH:mm:ss'.length;

/** True for an instant in UTC, such as 2026-03-31T00:00:00Z, of a day that there is. */
export function isInstant(text: string): boolean {
  const instant = ISO_8601.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(instant)) return false;
  // Date would take 30 February for 1 March.
  return new Date(instant).toISOString().slice(0, SECONDS) === text.slice(0, SECONDS);
}

FormatRegistry.Set(FORMAT, isInstant);

/** An instant as files write it. */
export const Instant = Type.String({ format: FORMAT });
