/** Expected refusals of a well-formed command: values, never exceptions. */

export const REFUSAL_CODES = [
  'NOT_FOUND',
  'TAKEN',
  'ALREADY_EXISTS',
  'CONFLICT',
  'IN_USE',
  'LAST_ADMIN',
  'INVALID',
  'NOT_ELIGIBLE',
  'WRONG_CLUSTER',
  'ARCHIVED',
  'EXPIRY_IN_PAST',
  'LIMIT_REACHED',
  'KEY_REFUSED',
  'PRIVATE_KEY_SUBMITTED',
  'SCOPE_TOO_WIDE',
  'IDEMPOTENCY_KEY_REUSED',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Something that stands in the way of a deletion. */
export interface Obstacle {
  readonly kind: 'pipeline' | 'agentKey' | 'agent' | 'defaultQueue';
  readonly id: string;
}

/** All that stands in the way of a deletion, as far as who asks may read it. */
export interface Obstacles {
  readonly usedBy: readonly Obstacle[];
  readonly hiddenCount: number;
}

export interface Refusal {
  readonly refused: true;
  readonly code: RefusalCode;
  /** The path of the input field that is at fault, or null when none is. */
  readonly field: readonly string[] | null;
  readonly message: string;
  /** With CONFLICT: the version the entity really has. */
  readonly actualVersion?: number;
  /** With IN_USE: by what. Who asks sees only those that they may read. */
  readonly usedBy?: readonly Obstacle[];
  /** With IN_USE: by how many more, which who asks may not read. */
  readonly hiddenCount?: number;
  /** With PRIVATE_KEY_SUBMITTED: the key that leaked, for the writer to remember. */
  readonly leakedKeyId?: string;
}

/** Builds a refusal; `field` is a dotted path within the input. */
export function refuse(
  code: RefusalCode,
  field: string | null,
  message: string,
  detail: Pick<Refusal, 'actualVersion' | 'usedBy' | 'hiddenCount' | 'leakedKeyId'> = {},
): Refusal {
  return {
    refused: true,
    code,
    field: field === null ? null : field.split('.'),
    message,
    ...detail,
  };
}

/** True if a decision is a refusal. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value;
}

/** The one answer to an id that is unknown, of another organization, or hidden from the caller. */
export function notFound(field: string | null): Refusal {
  return refuse('NOT_FOUND', field, 'There is no such thing, or you may not see it.');
}

/** Refuses a stale `expectedVersion`; undefined means that the caller did not ask. */
export function checkVersion(actual: number, expected: number | undefined): Refusal | undefined {
  if (expected === undefined || expected === actual) return undefined;
  return refuse('CONFLICT', 'expectedVersion', `The version is ${String(actual)} by now.`, {
    actualVersion: actual,
  });
}

/** Refuses an expiry that does not lie in the future. */
export function checkExpiry(expiresAt: number | null, now: number): Refusal | undefined {
  if (expiresAt === null || expiresAt > now) return undefined;
  return refuse('EXPIRY_IN_PAST', 'expiresAt', 'The expiry must lie in the future.');
}
