/** The kinds of things that a file of expectations can name. */
export const REFERENCE_KINDS = [
  'user',
  'team',
  'cluster',
  'queue',
  'pipeline',
  'organization',
] as const;
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

/**
 * What a file calls a thing: `user:ada`, `team:platform`, `cluster:admin`, `queue:admin/deploy`,
 * `pipeline:website`, or `organization`. An opaque id may stand for the name: `user:usr_…`.
 */
export interface Reference {
  readonly kind: ReferenceKind;
  readonly name: string;
}

/** The pattern of a reference as text. */
export const REFERENCE_PATTERN = '^(organization|(user|team|cluster|pipeline):[^/]+|queue:.+)$';

/** Reads a reference. The text must fit the pattern. */
export function readReference(text: string): Reference {
  const at = text.indexOf(':');
  if (at < 0) return { kind: 'organization', name: '' };
  const kind = REFERENCE_KINDS.find((known) => known === text.slice(0, at));
  if (kind === undefined) throw new RangeError(`${text} is no reference`);
  return { kind, name: text.slice(at + 1) };
}

/** A reference as the file writes it. */
export function writeReference({ kind, name }: Reference): string {
  return kind === 'organization' ? kind : `${kind}:${name}`;
}
