import type { ResourceKind } from './actions';
import type { AgentFacts, Facts } from './facts';

/** The prefix of an id, without its underscore: what kind of thing it names. */
export function prefixOf(id: string): string {
  return id.slice(0, Math.max(0, id.indexOf('_')));
}

/** True if the id of a holder is a team's. */
export function isTeam(holderId: string): boolean {
  return prefixOf(holderId) === 'tea';
}

const KIND_OF_PREFIX: ReadonlyMap<string, Exclude<ResourceKind, 'any' | 'installation'>> = new Map([
  ['org', 'organization'],
  ['usr', 'user'],
  ['tea', 'team'],
  ['clu', 'cluster'],
  ['que', 'queue'],
  ['pip', 'pipeline'],
  ['agt', 'agent'],
]);

/** The agent, if it had registered by the moment; an ended agent stays for the record. */
export function agentOf(facts: Facts, id: string): AgentFacts | undefined {
  const agent = facts.agent(id);
  return agent !== undefined && agent.registeredAt <= facts.moment.instant ? agent : undefined;
}

/** True if the organization has such a thing at the moment. One call of Facts at most. */
export function exists(facts: Facts, kind: ResourceKind, id: string): boolean {
  switch (kind) {
    case 'installation':
      return true;
    case 'organization':
      return id === facts.organizationId;
    case 'user':
      return facts.between(id, 'member', facts.organizationId).length > 0;
    case 'team':
    case 'cluster':
    case 'pipeline':
      return facts.between(id, kind, facts.organizationId).length > 0;
    case 'queue':
      return facts.of(id, 'queueCluster').length > 0;
    case 'agent':
      return agentOf(facts, id) !== undefined;
    case 'any':
      return existsAnything(facts, id);
  }
}

function existsAnything(facts: Facts, id: string): boolean {
  const prefix = prefixOf(id);
  if (prefix === 'key') return facts.of(id, 'keyCluster').length > 0;
  if (prefix === 'tok') return facts.of(id, 'apiToken').length > 0;
  const kind = KIND_OF_PREFIX.get(prefix);
  return kind !== undefined && exists(facts, kind, id);
}
