import type { Statement } from 'better-sqlite3';
import type { Agent } from '../../domain/agent/state';
import type { ApiToken } from '../../domain/api-token/state';
import type { OrganizationId } from '../../domain/id';
import type { Connection } from '../../ledger/sqlite/connection';
import type { OrganizationNumber } from '../../ledger/types';
import { KIND_CODES, OPEN } from '../codes';
import type { TokenRecord } from '../queries';
import type { LiveAgentsOf, NameScope } from '../world';
import type { Interned } from './interned';

const LIVE_AGENTS = `SELECT state FROM live_agents
  JOIN entities ON entity = agent AND to_position = ${OPEN}`;

/** Finds entities of one views file by something other than their id or owner. */
export class LookupRows {
  readonly #interned: Interned;
  readonly #organizationOf: Statement<[OrganizationNumber], OrganizationId>;
  readonly #number: Statement<[string], OrganizationNumber>;
  readonly #organizationBySlug: Statement<[string], OrganizationId>;
  readonly #nameOwner: Statement<[number, string, string], number>;
  readonly #token: Statement<[string], [organizationId: OrganizationId, state: string]>;
  readonly #liveAgents: Readonly<Record<keyof LiveAgentsOf, Statement<[number], string>>>;

  readonly #agentsEverOn: Statement<[number], string>;

  constructor(db: Connection, interned: Interned) {
    this.#interned = interned;
    this.#number = db
      .prepare<[string], OrganizationNumber>('SELECT number FROM organizations WHERE id = ?')
      .pluck();
    this.#organizationOf = db
      .prepare<[OrganizationNumber], OrganizationId>(
        'SELECT id FROM organizations WHERE number = ?',
      )
      .pluck();
    this.#organizationBySlug = db
      .prepare<[string], OrganizationId>('SELECT id FROM organizations WHERE slug = ?')
      .pluck();
    this.#nameOwner = db
      .prepare<[number, string, string], number>(
        'SELECT owner FROM names WHERE organization = ? AND scope = ? AND name = ?',
      )
      .pluck();
    this.#token = db
      .prepare<[string], [OrganizationId, string]>(
        `SELECT organizations.id, entities.state FROM tokens
          JOIN entities ON entities.entity = token AND entities.to_position = ${OPEN}
          JOIN interned ON interned.number = token
          JOIN organizations ON organizations.number = interned.organization
          WHERE token_hash = ?`,
      )
      .raw();
    const liveAgents = (column: string) =>
      db.prepare<[number], string>(`${LIVE_AGENTS} WHERE ${column} = ? ORDER BY agent`).pluck();
    this.#agentsEverOn = db
      .prepare<[number], string>(
        `SELECT state FROM entities
          WHERE other = ? AND kind = ${KIND_CODES.agent} AND to_position = ${OPEN}`,
      )
      .pluck();
    this.#liveAgents = {
      keyId: liveAgents('agent_key'),
      queueId: liveAgents('queue'),
      clusterId: liveAgents('cluster'),
    };
  }

  /** The organization's number in the files; undefined when nothing of it is projected. */
  organization(organizationId: string): OrganizationNumber | undefined {
    return this.#number.get(organizationId);
  }

  /** The organization that has this number. Throws a RangeError if none has. */
  organizationOf(number: OrganizationNumber): OrganizationId {
    const organizationId = this.#organizationOf.get(number);
    if (organizationId === undefined) throw new RangeError(`no organization has number ${number}`);
    return organizationId;
  }

  organizationBySlug(slug: string): OrganizationId | undefined {
    return this.#organizationBySlug.get(slug);
  }

  nameOwner(organization: number, scope: NameScope, name: string): string | undefined {
    const owner = this.#nameOwner.get(organization, scope, name);
    return owner === undefined ? undefined : this.#interned.text(owner);
  }

  tokenByHash(tokenHash: string): TokenRecord | undefined {
    const row = this.#token.get(tokenHash);
    if (row === undefined) return undefined;
    const [organizationId, state] = row;
    const { id, userId, scopes, addressRanges, expiresAt } = JSON.parse(state) as ApiToken;
    return { organizationId, tokenId: id, userId, scopes, addressRanges, expiresAt };
  }

  /** The agents that have not ended and are of everything given, the oldest first. */
  liveAgents(organization: number, of: LiveAgentsOf): readonly Agent[] {
    const given = (['keyId', 'queueId', 'clusterId'] as const).flatMap((name) => {
      const id = of[name];
      return id === undefined ? [] : [{ name, id }];
    });
    const [first] = given;
    if (first === undefined) throw new RangeError('live agents of a key, a queue or a cluster');
    const number = this.#interned.number(organization, first.id);
    if (number === undefined) return [];
    return this.#liveAgents[first.name]
      .all(number)
      .map((state) => JSON.parse(state) as Agent)
      .filter((agent) => given.every(({ name, id }) => agent[name] === id));
  }

  /** Every agent there ever was on the queue, those that ended included. */
  agentsEverOn(organization: number, queueId: string): readonly Agent[] {
    const queue = this.#interned.number(organization, queueId);
    if (queue === undefined) return [];
    return this.#agentsEverOn.all(queue).map((state) => JSON.parse(state) as Agent);
  }
}
