import { getMetadataStorage } from 'class-validator';

/**
 * Has class-validator find the rules of each class once. It gathers them anew for every object that it
 * judges, out of those of all classes, which takes longer than to judge it. Only for a program that
 * judges everything with the same options, by rules that are all there before.
 */
export function findRulesOnce(): void {
  const storage = getMetadataStorage();
  const find = storage.getTargetValidationMetadatas.bind(storage);
  const group = storage.groupByPropertyName.bind(storage);
  const found = new Map<unknown, ReturnType<typeof find>>();
  const grouped = new WeakMap<object, ReturnType<typeof group>>();
  storage.getTargetValidationMetadatas = (target, ...options) => {
    const rules = found.get(target) ?? find(target, ...options);
    found.set(target, rules);
    return rules;
  };
  storage.groupByPropertyName = (rules) => {
    const groups = grouped.get(rules) ?? group(rules);
    grouped.set(rules, groups);
    return groups;
  };
}
