import type { Action } from '../../../src/access/actions';
import type { DecisionCode, Question } from '../../../src/access/question';
import { ReferenceMembers } from './members';
import type { ReferenceOrganization } from './organization';
import type { Thing } from './thing';

/**
 * The rules of access once more, as sentences over a plain organization: to be read beside the
 * table of docs/access-model.md, and to be compared with the engine. Shares no code with it.
 */
export class ReferenceAccess {
  readonly #org: ReferenceOrganization;
  readonly #members: ReferenceMembers;

  constructor(organization: ReferenceOrganization) {
    this.#org = organization;
    this.#members = new ReferenceMembers(organization);
  }

  /** The code of the decision. */
  answer(question: Question): DecisionCode {
    const { principal, action, resource } = question;
    switch (principal.kind) {
      case 'installation':
        return action === 'organization:create' ? 'ALLOWED' : 'DENIED';
      case 'host':
        if (action !== 'api-token:create') return 'DENIED';
        return this.#org.one('member', resource) ? 'ALLOWED' : 'NOT_FOUND';
      case 'agentKey':
        return action === 'agent:register' ? this.#registers(principal.id, resource) : 'DENIED';
      case 'agent':
        return action === 'agent:session' ? this.#session(principal.id, resource) : 'DENIED';
      case 'pipeline':
        if (!this.#org.one('pipeline', principal.id)) return 'DENIED';
        if (action === 'queue:run') return this.#runs(principal.id, resource, question.branch);
        if (action === 'agent:run') return this.#runsOnAgent(principal.id, question);
        return 'DENIED';
      case 'user':
        if (principal.scopes !== null && !areFor(principal.scopes, action)) return 'OUTSIDE_SCOPE';
        return this.#members.answer(principal.id, question);
    }
  }

  #registers(keyId: string, queueId: string): DecisionCode {
    const key = this.#org.one('key', keyId);
    if (!key || key['revoked'] === true) return 'KEY_NOT_ACTIVE';
    const queue = this.#org.one('queue', queueId);
    if (!queue) return 'NOT_FOUND';
    return this.#admits(key, queue) ? 'ALLOWED' : 'KEY_NOT_FOR_QUEUE';
  }

  #session(agentId: string, resource: string): DecisionCode {
    if (agentId !== resource) return 'DENIED';
    const agent = this.#org.one('agent', agentId);
    if (!agent) return 'NOT_FOUND';
    if (agent['ended'] === true) return 'AGENT_ENDED';
    return this.#isActive(this.#org.one('key', agent['keyId'])) ? 'ALLOWED' : 'KEY_NOT_ACTIVE';
  }

  #runs(pipelineId: string, queueId: string, branch: string | undefined): DecisionCode {
    const queue = this.#org.one('queue', queueId);
    if (!queue) return 'NOT_FOUND';
    const pipeline = this.#org.one('pipeline', pipelineId);
    if (!pipeline || pipeline['clusterId'] !== queue['clusterId']) return 'NOT_IN_CLUSTER';
    if (pipeline['archived'] === true) return 'ARCHIVED';
    if (queue['mode'] === 'OPEN') return 'ALLOWED';
    const grants = this.#org
      .all('queueGrant')
      .filter((grant) => grant['pipelineId'] === pipelineId && grant['queueId'] === queueId);
    if (grants.length === 0) return 'QUEUE_RESTRICTED';
    const patterns = grants.map((grant) => grant['branches'] as string[]);
    if (patterns.some((list) => list.length === 0)) return 'ALLOWED';
    if (branch === undefined) return 'BRANCH_REQUIRED';
    const matches = patterns.flat().some((pattern) => globMatches(pattern, branch));
    return matches ? 'ALLOWED' : 'BRANCH_NOT_GRANTED';
  }

  #runsOnAgent(pipelineId: string, { resource, branch }: Question): DecisionCode {
    const agent = this.#org.one('agent', resource);
    if (!agent) return 'NOT_FOUND';
    if (agent['ended'] === true) return 'AGENT_ENDED';
    const queue = this.#org.one('queue', agent['queueId']);
    if (!queue) return 'DENIED';
    const run = this.#runs(pipelineId, queue.id, branch);
    if (run !== 'ALLOWED') return run;
    const key = this.#org.one('key', agent['keyId']);
    if (!key || !this.#isActive(key)) return 'KEY_NOT_ACTIVE';
    return this.#admits(key, queue) ? 'ALLOWED' : 'KEY_NOT_FOR_QUEUE';
  }

  #isActive(key: Thing | undefined): boolean {
    return key?.['proven'] === true && key['revoked'] !== true;
  }

  #admits(key: Thing, queue: Thing): boolean {
    if (key['clusterId'] !== queue['clusterId']) return false;
    const listed = key['queueIds'] as string[] | null;
    return listed === null ? queue['mode'] === 'OPEN' : listed.includes(queue.id);
  }
}

/** An API token is for the actions that its scopes name; read is for looking and asking. */
function areFor(scopes: readonly string[], action: Action): boolean {
  const looks = action.endsWith(':read') || action === 'access:ask';
  return scopes.includes(action) || scopes.includes(looks ? 'read' : 'write');
}

/** `*` stands for anything, every other character for itself. */
function globMatches(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  const rest = pattern.slice(1);
  if (!pattern.startsWith('*')) {
    return text !== '' && text.startsWith(pattern.charAt(0)) && globMatches(rest, text.slice(1));
  }
  for (let taken = 0; taken <= text.length; taken += 1) {
    if (globMatches(rest, text.slice(taken))) return true;
  }
  return false;
}
