import { validateSync, type ValidationError } from 'class-validator';
import { fault } from '../errors';
import { isSound } from './sound';

/** One fault of an input, told without its value: inputs hold tokens and keys. */
export interface FieldFault {
  /** The path of the field, dotted. */
  readonly field: string;
  /** The name of the broken rule. */
  readonly constraint: string;
  readonly message: string;
}

/**
 * Judges an argument by the rules of its class. Throws BAD_USER_INPUT with every fault in
 * `extensions.fields`.
 */
export function validateInput(argument: unknown): void {
  if (typeof argument !== 'object' || argument === null || isSound(argument)) return;
  // Unknown members were refused by the schema, and classes without rules are no fault.
  const errors = validateSync(argument, { forbidUnknownValues: false });
  if (errors.length === 0) return;
  const fields = errors.flatMap((error) => faultsOf(error, ''));
  const [first] = fields;
  const message = first === undefined ? undefined : `${first.field}: ${first.message}.`;
  throw fault('BAD_USER_INPUT', message, { fields });
}

function faultsOf(error: ValidationError, parent: string): readonly FieldFault[] {
  const field = parent === '' ? error.property : `${parent}.${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([constraint, message]) => ({
    field,
    constraint,
    message,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, field))];
}
