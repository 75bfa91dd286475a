import type { MutationName } from '../../../../src/access/operations';
import type { Api } from '../api';
import type { Tenant } from './tenant';

export type Input = Readonly<Record<string, unknown>>;

/** The callers whom every mutation must turn away, unless a fixture says otherwise. */
export type Intruder =
  | 'anonymous'
  | 'foreign ADMIN'
  | 'bare MEMBER'
  | 'AUDITOR'
  | 'under-scoped token'
  | 'agent'
  | 'installation';

/** One more attempt that must be refused. */
interface Attempt {
  readonly who: string;
  readonly by: () => Promise<Api>;
  /** What is said in place of the valid input. */
  readonly input?: Input;
  readonly code: string;
}

/** A mutation made ready in an organization of its own. */
export interface Case {
  /** A fresh valid input; null for a mutation without any. */
  readonly input: () => Promise<Input | null>;
  /** Valid values of the input's other fields, which exclude one of `input` or need more rights. */
  readonly more?: Input;
  /** The least-privileged caller that may do it, with a token of these scopes. */
  readonly by: { readonly as: (scopes: readonly string[]) => Promise<Api> };
  /** What its token must cover besides the mutation's action, for this input. */
  readonly alsoScopes?: readonly string[];
  /** What a MEMBER without any role or grant is told. */
  readonly bare: 'FORBIDDEN' | 'NOT_FOUND' | 'AGENT_AUTH_FAILED';
  /** Other expectations of intruders; null: this one may do it. */
  readonly codes?: Readonly<Partial<Record<Intruder, string | null>>>;
  /** What intruders send, where it is the input itself that proves the right. */
  readonly forged?: () => Promise<Input>;
  /** Who lacks only little, and what their wish goes beyond. */
  readonly attempts?: readonly Attempt[];
  /** The kinds of the ledgers that grow, ACCESS unless told. */
  readonly appends?: readonly ('ACCESS' | 'ACTIVITY')[];
}

/** Prepares a case in an organization. */
export type Prepare = (tenant: Tenant) => Promise<Case>;

/** Fixtures of some mutations. */
export type Fixtures = Readonly<Partial<Record<MutationName, Prepare>>>;

/** All that members can do, if their roles let them. */
export const ALL_SCOPES = ['read', 'write'];

/** An attempt by a member whose token covers everything. */
export function attempt(
  who: string,
  person: { readonly as: (scopes: readonly string[]) => Promise<Api> },
  input?: Input,
  code = 'FORBIDDEN',
): Attempt {
  const by = () => person.as(ALL_SCOPES);
  return input === undefined ? { who, by, code } : { who, by, input, code };
}

/** An input that may be said again and again. */
export function saying(input: Input): () => Promise<Input> {
  return () => Promise.resolve(input);
}

/** Some day when none of this runs any more. */
export const LATER = '2199-01-01T00:00:00.000Z';
