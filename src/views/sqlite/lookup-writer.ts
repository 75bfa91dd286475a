import type { Statement } from 'better-sqlite3';
import type { Agent } from '../../domain/agent/state';
import type { ApiToken } from '../../domain/api-token/state';
import type { Organization } from '../../domain/organization/state';
import type { Connection } from '../../ledger/sqlite/connection';
import type { ScopedName } from '../projection/place-of';
import type { Interning } from './interned';

/** Keeps the tables that find entities by something other than their id or owner. */
export class LookupWriter {
  readonly #interning: Interning;
  readonly #saveOrganization: Statement<[number, string, string]>;
  readonly #takeName: Statement<[number, string, string, number, number]>;
  readonly #saveToken: Statement<[string, number]>;
  readonly #dropToken: Statement<[number]>;
  readonly #saveAgent: Statement<[number, number, number, number]>;
  readonly #dropAgent: Statement<[number]>;

  constructor(db: Connection, interning: Interning) {
    this.#interning = interning;
    this.#saveOrganization = db.prepare(
      `INSERT INTO organizations (number, id, slug) VALUES (?, ?, ?)
        ON CONFLICT (number) DO UPDATE SET slug = excluded.slug`,
    );
    // A name that its owner bore before stays as it was first taken.
    this.#takeName = db.prepare(
      `INSERT INTO names (organization, scope, name, owner, from_position) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET owner = owner WHERE owner = excluded.owner`,
    );
    this.#saveToken = db.prepare('INSERT INTO tokens (token_hash, token) VALUES (?, ?)');
    this.#dropToken = db.prepare('DELETE FROM tokens WHERE token = ?');
    this.#saveAgent = db.prepare(
      'INSERT INTO live_agents (agent, agent_key, queue, cluster) VALUES (?, ?, ?, ?)',
    );
    this.#dropAgent = db.prepare('DELETE FROM live_agents WHERE agent = ?');
  }

  saveOrganization(number: number, { id, slug }: Organization): void {
    this.#saveOrganization.run(number, id, slug);
  }

  /** Throws when another entity has or had the name: commands promise that none gets it. */
  takeName(organization: number, taken: ScopedName, owner: number, position: number): void {
    const { scope, name } = taken;
    const { changes } = this.#takeName.run(organization, scope, name, owner, position);
    if (changes !== 1) throw new RangeError(`the name ${name} in ${scope} is another's`);
  }

  saveToken(token: number, { tokenHash }: ApiToken): void {
    this.#saveToken.run(tokenHash, token);
  }

  dropToken(token: number): void {
    this.#dropToken.run(token);
  }

  saveAgent(organization: number, agent: number, { keyId, queueId, clusterId }: Agent): void {
    this.#saveAgent.run(
      agent,
      this.#interning.intern(organization, keyId),
      this.#interning.intern(organization, queueId),
      this.#interning.intern(organization, clusterId),
    );
  }

  dropAgent(agent: number): void {
    this.#dropAgent.run(agent);
  }
}
