import type { Database } from 'better-sqlite3';
import type {
  AgentSession,
  AgentSessions,
  Idempotency,
  InstallationNames,
  LastSeen,
  Settings,
  SharedState,
  UsedAssertions,
} from '../shared-state';

/** The shared state of one ledger.db; on a read-only connection its writes throw. */
export function sqliteSharedState(database: Database): SharedState {
  return {
    names: installationNames(database),
    idempotency: idempotency(database),
    assertions: usedAssertions(database),
    sessions: agentSessions(database),
    lastSeen: lastSeen(database),
    settings: settings(database),
  };
}

function installationNames(database: Database): InstallationNames {
  const find = database
    .prepare<[string, string], string>(
      'SELECT owner FROM installation_name WHERE scope = ? AND name = ?',
    )
    .pluck();
  const insert = database.prepare('INSERT INTO installation_name VALUES (?, ?, ?)');
  return {
    owner: (scope, name) => find.get(scope, name),
    claim: (scope, name, owner) => {
      if (find.get(scope, name) !== owner) insert.run(scope, name, owner);
    },
  };
}

function idempotency(database: Database): Idempotency {
  const find = database.prepare<
    [number, string, string, string],
    { input_hash: Buffer; result: string }
  >(
    `SELECT input_hash, result FROM idempotency
      WHERE organization = ? AND caller = ? AND mutation = ? AND key = ?`,
  );
  const insert = database.prepare('INSERT INTO idempotency VALUES (?, ?, ?, ?, ?, ?, ?)');
  const purge = database.prepare('DELETE FROM idempotency WHERE created_at < ?');
  return {
    find: ({ organization, caller, mutation, key }) => {
      const row = find.get(organization, caller, mutation, key);
      return row && { inputHash: row.input_hash, result: row.result };
    },
    keep: ({ organization, caller, mutation, key }, { inputHash, result }, now) => {
      insert.run(organization, caller, mutation, key, inputHash, result, now);
    },
    purge: (before) => {
      purge.run(before);
    },
  };
}

function usedAssertions(database: Database): UsedAssertions {
  const find = database
    .prepare<[string, string, string], number>(
      'SELECT 1 FROM used_assertion WHERE key_id = ? AND purpose = ? AND jti = ?',
    )
    .pluck();
  const insert = database.prepare('INSERT INTO used_assertion VALUES (?, ?, ?, ?)');
  const purge = database.prepare('DELETE FROM used_assertion WHERE expires_at < ?');
  return {
    has: (keyId, purpose, jti) => find.get(keyId, purpose, jti) !== undefined,
    use: (keyId, purpose, jti, expiresAt) => {
      insert.run(keyId, purpose, jti, expiresAt);
    },
    purge: (now) => {
      purge.run(now);
    },
  };
}

interface SessionRow {
  readonly organization_id: string;
  readonly agent_id: string;
  readonly key_id: string;
  readonly expires_at: number;
}

function agentSessions(database: Database): AgentSessions {
  const insert = database.prepare('INSERT INTO agent_session VALUES (?, ?, ?, ?, ?)');
  const find = database.prepare<[string], SessionRow>(
    'SELECT organization_id, agent_id, key_id, expires_at FROM agent_session WHERE token_hash = ?',
  );
  const end = database.prepare('DELETE FROM agent_session WHERE agent_id = ?');
  const purge = database.prepare('DELETE FROM agent_session WHERE expires_at < ?');
  return {
    open: (tokenHash, session: AgentSession) => {
      const { organizationId, agentId, keyId, expiresAt } = session;
      insert.run(tokenHash, organizationId, agentId, keyId, expiresAt);
    },
    find: (tokenHash) => {
      const row = find.get(tokenHash);
      return (
        row && {
          organizationId: row.organization_id,
          agentId: row.agent_id,
          keyId: row.key_id,
          expiresAt: row.expires_at,
        }
      );
    },
    end: (agentId) => {
      end.run(agentId);
    },
    purge: (now) => {
      purge.run(now);
    },
  };
}

function lastSeen(database: Database): LastSeen {
  const get = database
    .prepare<[string], number>('SELECT instant FROM last_seen WHERE id = ?')
    .pluck();
  const set = database.prepare(
    `INSERT INTO last_seen VALUES (?, ?)
      ON CONFLICT (id) DO UPDATE SET instant = max(instant, excluded.instant)`,
  );
  return {
    get: (id) => get.get(id) ?? null,
    set: (id, instant) => {
      set.run(id, instant);
    },
  };
}

function settings(database: Database): Settings {
  const get = database
    .prepare<[string], string>('SELECT value FROM setting WHERE name = ?')
    .pluck();
  const set = database.prepare(
    'INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  return {
    get: (name) => get.get(name),
    set: (name, value) => {
      set.run(name, value);
    },
  };
}
