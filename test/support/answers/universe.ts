import { ACTIONS, type Action } from '../../../src/access/actions';
import type { ListAsk } from '../../../src/access/lists/ask';
import type { Principal, Question } from '../../../src/access/question';
import type { ClusterId } from '../../../src/domain/id';
import type { Draw } from '../random-commands/draw';
import type { ReferenceOrganization, RawLedgers } from '../reference/organization';

const PREFIXES: Readonly<Record<string, string>> = {
  organization: 'org',
  user: 'usr',
  team: 'tea',
  cluster: 'clu',
  queue: 'que',
  pipeline: 'pip',
  agent: 'agt',
};

const KINDS = 'organization member team cluster queue pipeline agent key token'.split(' ');
const ANYTHING = ['tea', 'clu', 'que', 'pip', 'key', 'agt', 'tok', 'usr'];
const BRANCHES = ['main', 'main', 'release/1', 'Main', ''];

/**
 * All that can be asked about: every id that the events ever named, ones that nothing has, and some
 * of another organization.
 */
export class Universe {
  readonly #ids: readonly string[];
  readonly #org: ReferenceOrganization;
  readonly #live: ReadonlySet<string>;

  constructor(
    { access, activity }: RawLedgers,
    org: ReferenceOrganization,
    foreign: readonly string[],
  ) {
    const text = JSON.stringify([access, activity].flat().map(({ data }) => data));
    const named = text.match(/\b(?:org|usr|tea|clu|que|pip|key|agt|tok)_[\w-]+/gu) ?? [];
    const unknown = [...Object.values(PREFIXES), 'key', 'tok'].map(unknownId);
    this.#ids = [...new Set([...named, ...unknown, ...foreign])].sort();
    this.#org = org;
    this.#live = new Set(KINDS.flatMap((kind) => org.all(kind).map(({ id }) => id)));
  }

  /** Every id of the prefix. */
  of(prefix: string): readonly string[] {
    return this.#ids.filter((id) => id.startsWith(`${prefix}_`));
  }

  /** The resources of the action; of one that is about anything, those of one kind. */
  resources(action: Action, draw: Draw): readonly string[] {
    const kind = ACTIONS[action];
    return this.of(PREFIXES[kind] ?? draw.of(ANYTHING));
  }

  /** One of them, mostly one that there is. */
  resource(action: Action, draw: Draw): string {
    const all = this.resources(action, draw);
    const live = all.filter((id) => this.#live.has(id));
    return draw.of(live.length === 0 || draw.once(6) ? all : live);
  }

  principals(kind: 'user' | 'pipeline'): readonly Principal[] {
    return kind === 'user'
      ? this.of('usr').map((id) => ({ kind, id: id as `usr_${string}`, scopes: null }))
      : this.of('pip').map((id) => ({ kind, id: id as `pip_${string}` }));
  }

  /** Every agent that there ever was, and some that nobody knows. */
  agents(): readonly (Principal & { kind: 'agent' })[] {
    return this.of('agt').map((id) => ({ kind: 'agent', id: id as `agt_${string}` }));
  }

  /** Mostly a member, as they are or by an API token of theirs; else anybody else who can ask. */
  principal(draw: Draw): Principal {
    const [tokens, nobody] = [this.#org.all('token'), unknownId('usr') as `usr_${string}`];
    switch (draw.below(10)) {
      case 0:
      case 1:
        return draw.of(this.principals('pipeline'));
      case 2: {
        if (tokens.length === 0) return { kind: 'user', id: nobody, scopes: ['read'] };
        const { userId, scopes } = draw.of(tokens);
        return { kind: 'user', id: userId as `usr_${string}`, scopes: scopes as string[] };
      }
      case 3:
        return draw.of<Principal>([
          ...this.of('key').map((id) => ({ kind: 'agentKey', id: id as `key_${string}` }) as const),
          ...this.agents(),
          ...([{ kind: 'installation' }, { kind: 'host' }] as const),
        ]);
      default: {
        const users = this.principals('user');
        const members = users.filter((user) => 'id' in user && this.#live.has(user.id));
        return draw.of(members.length === 0 || draw.once(8) ? users : members);
      }
    }
  }

  /** What is asked besides the two ends of a question. */
  words(action: Action, draw: Draw): ListAsk {
    switch (action) {
      case 'queue:run':
      case 'agent:run':
        return draw.once(3) ? { action } : { action, branch: draw.of(BRANCHES) };
      case 'pipeline:move': {
        if (draw.once(8)) return { action };
        const targetClusterId = draw.once(4) ? null : (draw.of(this.of('clu')) as ClusterId);
        return { action, targetClusterId };
      }
      case 'access:ask':
        return draw.once(2) ? { action } : { action, about: draw.of(this.of('usr')) };
      default:
        return { action };
    }
  }
}

/** An id that nothing has. */
function unknownId(prefix: string): string {
  return `${prefix}_${'0'.repeat(26)}`;
}

/** The question that the words ask about the two. */
export function question(ask: ListAsk, principal: Principal, resource: string): Question {
  return { ...ask, principal, resource };
}
