/** Branch patterns of a queue grant: exact, or `*` for any run of characters (`/` included). */

export const BRANCH_PATTERN = '^[!-~]{1,255}$';
export const BRANCH_PATTERNS_MAX = 20;

/**
 * True if one pattern matches the branch, case-sensitively. Linear in pattern × branch: no regular
 * expression is built from what people typed.
 */
export function matchesBranch(patterns: readonly string[], branch: string): boolean {
  return patterns.some((pattern) => matches(pattern, branch));
}

function matches(pattern: string, branch: string): boolean {
  const parts = pattern.split('*');
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return pattern === branch;
  if (branch.length < first.length + last.length) return false;
  if (!branch.startsWith(first) || !branch.endsWith(last)) return false;
  let at = first.length;
  const end = branch.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = branch.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
