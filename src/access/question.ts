import type { AgentId, AgentKeyId, ClusterId, PipelineId, UserId } from '../domain/id';
import type { Action } from './actions';
import type { Fact } from './facts';

/** Who asks to act. Scopes narrow a user to what the API token in use may do; null: no token. */
export type Principal =
  | { readonly kind: 'user'; readonly id: UserId; readonly scopes: readonly string[] | null }
  | { readonly kind: 'pipeline'; readonly id: PipelineId }
  | { readonly kind: 'agentKey'; readonly id: AgentKeyId }
  | { readonly kind: 'agent'; readonly id: AgentId }
  | { readonly kind: 'installation' }
  | { readonly kind: 'host' };

export interface Question {
  readonly principal: Principal;
  readonly action: Action;
  /** The id of what is acted on. */
  readonly resource: string;
  /** For `queue:run` and `agent:run`: the branch of the job. */
  readonly branch?: string;
  /** For `pipeline:move`: the target, null for out of every cluster. Left out: denied. */
  readonly targetClusterId?: ClusterId | null;
  /** For `access:ask`: about whom. Left out: about everyone. */
  readonly about?: string;
}

export const DECISION_CODES = [
  'ALLOWED',
  'DENIED',
  'NOT_FOUND',
  'OUTSIDE_SCOPE',
  'BRANCH_REQUIRED',
  'BRANCH_NOT_GRANTED',
  'NOT_IN_CLUSTER',
  'ARCHIVED',
  'QUEUE_RESTRICTED',
  'KEY_NOT_ACTIVE',
  'KEY_NOT_FOR_QUEUE',
  'AGENT_ENDED',
] as const;
export type DecisionCode = (typeof DECISION_CODES)[number];

/** One chain of facts from the principal to the resource; all of them together allow the action. */
export interface Reason {
  /** Which row of the rules allowed it, such as `maintainer through a team`. */
  readonly rule: string;
  readonly facts: readonly Fact[];
}

export interface Decision {
  readonly allowed: boolean;
  readonly code: DecisionCode;
  /** One plain sentence for a person. */
  readonly message: string;
  /** The chain that allowed it, empty for a denial. */
  readonly reasons: readonly Reason[];
}
