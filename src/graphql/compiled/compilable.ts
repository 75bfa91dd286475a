import { BREAK, visit, type DocumentNode } from 'graphql';

/** The names beginning with two underscores that the specification gives a meaning to. */
const META_FIELDS: ReadonlySet<string> = new Set(['__typename', '__schema', '__type']);

/**
 * Whether a document is made of names, numbers and truth values alone, so that nothing a stranger
 * wrote can become part of a program but what both languages take for a name. Strings belong into
 * variables, which never become code: graphql-jit 0.8.9 turns some string literals into code.
 */
export function isCompilable(document: DocumentNode): boolean {
  let found = true;
  const refuse = (): typeof BREAK => {
    found = false;
    return BREAK;
  };
  visit(document, {
    StringValue: refuse,
    FloatValue: refuse,
    Name: ({ value }) => (value.startsWith('__') && !META_FIELDS.has(value) ? refuse() : undefined),
  });
  return found;
}
