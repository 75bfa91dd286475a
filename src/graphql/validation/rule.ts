import { ValidateBy } from 'class-validator';

/** The fault of a value in a few words that do not repeat it, or null. */
export type Judge = (value: string) => string | null;

/** The words for a value that a yes-or-no test refuses. */
export function unless(test: (value: string) => boolean, fault: string): Judge {
  return (value) => (test(value) ? null : fault);
}

/** A test by a whole-string pattern. */
export function matches(pattern: string): (value: string) => boolean {
  const expression = new RegExp(pattern, 'u');
  return (value) => expression.test(value);
}

/**
 * Makes a property decorator of a judge of texts. Absent values and nulls pass, since the schema
 * says where they may stand; of a list every item is judged. Messages never hold the value.
 */
export function rule(name: string, judge: Judge): PropertyDecorator {
  return ValidateBy({
    name,
    validator: {
      validate: (value) => faultOf(value, judge) === null,
      defaultMessage: (args) => faultOf(args?.value, judge) ?? 'is malformed',
    },
  });
}

function faultOf(value: unknown, judge: Judge): string | null {
  if (value === undefined || value === null) return null;
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  for (const item of items) {
    const fault = typeof item === 'string' ? judge(item) : 'must be text';
    if (fault !== null) return Array.isArray(value) ? `each ${fault}` : fault;
  }
  return null;
}

export interface ListBounds {
  readonly min?: number;
  readonly max: number;
}

/** Makes a property decorator that bounds a list and wants its items distinct; null passes. */
export function distinctList(bounds: ListBounds): PropertyDecorator {
  return ValidateBy({
    name: 'isDistinctList',
    validator: {
      validate: (value) => listFault(value, bounds) === null,
      defaultMessage: (args) => listFault(args?.value, bounds) ?? 'is malformed',
    },
  });
}

function listFault(value: unknown, { min = 0, max }: ListBounds): string | null {
  if (value === undefined || value === null) return null;
  if (!Array.isArray(value)) return 'must be a list';
  if (value.length < min) return `must have at least ${min} item`;
  if (value.length > max) return `must have at most ${max} items`;
  return new Set(value).size === value.length ? null : 'must not name anything twice';
}
