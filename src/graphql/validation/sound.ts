import { getMetadataStorage, ValidationTypes, type ValidationArguments } from 'class-validator';

type Class = Parameters<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[0];

/** What one rule of a class says of one property: true if the object keeps it. */
type Test = (object: object, value: unknown) => boolean;

interface Demand {
  readonly property: string;
  readonly tests: readonly Test[];
}

/** By class; null where a rule is of a kind that only class-validator knows. */
const KNOWN = new Map<Class, readonly Demand[] | null>();

/**
 * True if an input keeps all rules of its class; false if it does not, or class-validator must tell. That
 * gathers the rules for every object anew, out of those of all classes, and makes ready for each fault
 * that there might be, which takes several times as long as to judge. Here the same rules are gathered
 * once for each class.
 */
export function isSound(input: object): boolean {
  const { constructor } = input;
  if (typeof constructor !== 'function') return false;
  let demands = KNOWN.get(constructor);
  if (demands === undefined) {
    demands = demandsOf(constructor);
    KNOWN.set(constructor, demands);
  }
  if (demands === null) return false;
  for (const { property, tests } of demands) {
    const value = (input as Readonly<Record<string, unknown>>)[property];
    for (const keeps of tests) if (!keeps(input, value)) return false;
  }
  return true;
}

function demandsOf(target: Class): readonly Demand[] | null {
  const storage = getMetadataStorage();
  const { name: targetName } = target;
  const demands = new Map<string, Test[]>();
  for (const rule of storage.getTargetValidationMetadatas(target, '', false, false)) {
    const { type, propertyName: property, constraints, each, validateIf } = rule;
    const tests = demands.get(property) ?? [];
    demands.set(property, tests);
    if (type === ValidationTypes.NESTED_VALIDATION) {
      tests.push((_object, value) => isSoundWithin(value));
      continue;
    }
    const judges = storage.getTargetValidatorConstraints(rule.constraintCls);
    const isPlain = type === ValidationTypes.CUSTOM_VALIDATION && !each && validateIf === undefined;
    if (!isPlain || judges.some(({ async }) => async)) return null;
    for (const { instance } of judges) {
      tests.push((object, value) => {
        const args: ValidationArguments = { targetName, property, object, value, constraints };
        return instance.validate(value, args) === true;
      });
    }
  }
  return [...demands].map(([property, tests]) => ({ property, tests }));
}

/** As class-validator has it: null is no object, and a list is sound if all it holds is. */
function isSoundWithin(value: unknown): boolean {
  if (value === undefined) return true;
  if (Array.isArray(value)) return value.every(isSoundWithin);
  return typeof value === 'object' && value !== null && isSound(value);
}
