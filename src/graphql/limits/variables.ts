/**
 * True if the variables hold more than so many values, lists and objects counted too. It looks at no
 * more than those: what does not fit its type is told value by value, which costs far more.
 */
export function holdMoreThan(variables: object, most: number): boolean {
  // No recursion: how deep they are nested is the client's choice.
  const left: unknown[] = [variables];
  let found = 0;
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value !== 'object' || value === null) continue;
    const parts: readonly unknown[] = Object.values(value);
    found += parts.length;
    if (found > most) return true;
    left.push(...parts);
  }
  return false;
}
