import type { Database } from 'better-sqlite3';
import type {
  AgentSession,
  AgentSessions,
  Idempotency,
  InstallationNames,
  LastSeen,
  LeakedKeys,
  Settings,
  SharedState,
  UsedAssertions,
} from '../shared-state';
import type { StatementGate } from './transaction';

/**
 * The shared state of one ledger file. The writer's passes the gate of its transaction, so that it
 * shares the batch's fate; on a read-only connection the gate is open and SQLite refuses writes.
 */
export function sqliteSharedState(database: Database, gate: StatementGate): SharedState {
  return {
    names: installationNames(database, gate),
    idempotency: idempotency(database, gate),
    assertions: usedAssertions(database, gate),
    leakedKeys: leakedKeys(database, gate),
    sessions: agentSessions(database, gate),
    lastSeen: lastSeen(database, gate),
    settings: settings(database, gate),
  };
}

function installationNames(database: Database, gate: StatementGate): InstallationNames {
  const find = database
    .prepare<[string, string], string>(
      'SELECT owner FROM installation_name WHERE scope = ? AND name = ?',
    )
    .pluck();
  const insert = database.prepare('INSERT INTO installation_name VALUES (?, ?, ?)');
  return {
    owner: (scope, name) => gate.read(() => find.get(scope, name)),
    claim: (scope, name, owner) => {
      gate.write(() => {
        if (find.get(scope, name) !== owner) insert.run(scope, name, owner);
      });
    },
  };
}

function idempotency(database: Database, gate: StatementGate): Idempotency {
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
      const row = gate.read(() => find.get(organization, caller, mutation, key));
      return row && { inputHash: row.input_hash, result: row.result };
    },
    keep: ({ organization, caller, mutation, key }, { inputHash, result }, now) => {
      gate.write(() => insert.run(organization, caller, mutation, key, inputHash, result, now));
    },
    purge: (before) => {
      gate.write(() => purge.run(before));
    },
  };
}

function usedAssertions(database: Database, gate: StatementGate): UsedAssertions {
  const find = database
    .prepare<[string, string, string], number>(
      'SELECT 1 FROM used_assertion WHERE key_id = ? AND purpose = ? AND jti = ?',
    )
    .pluck();
  const insert = database.prepare('INSERT INTO used_assertion VALUES (?, ?, ?, ?)');
  const purge = database.prepare('DELETE FROM used_assertion WHERE expires_at < ?');
  return {
    has: (keyId, purpose, jti) => gate.read(() => find.get(keyId, purpose, jti) !== undefined),
    use: (keyId, purpose, jti, expiresAt) => {
      gate.write(() => insert.run(keyId, purpose, jti, expiresAt));
    },
    purge: (now) => {
      gate.write(() => purge.run(now));
    },
  };
}

function leakedKeys(database: Database, gate: StatementGate): LeakedKeys {
  const find = database
    .prepare<[string, string], number>(
      'SELECT 1 FROM leaked_key WHERE organization_id = ? AND key_id = ?',
    )
    .pluck();
  const insert = database.prepare('INSERT INTO leaked_key VALUES (?, ?) ON CONFLICT DO NOTHING');
  return {
    has: (organizationId, keyId) => gate.read(() => find.get(organizationId, keyId) !== undefined),
    add: (organizationId, keyId) => {
      gate.write(() => insert.run(organizationId, keyId));
    },
  };
}

function agentSessions(database: Database, gate: StatementGate): AgentSessions {
  const insert = database.prepare('INSERT INTO agent_session VALUES (?, ?, ?, ?, ?)');
  const find = database.prepare<[string], AgentSession>(
    `SELECT organization_id AS organizationId, agent_id AS agentId, key_id AS keyId,
      expires_at AS expiresAt FROM agent_session WHERE token_hash = ?`,
  );
  const end = database.prepare('DELETE FROM agent_session WHERE agent_id = ?');
  const purge = database.prepare<[number], AgentSession>(
    `DELETE FROM agent_session WHERE expires_at < ? RETURNING organization_id AS organizationId,
      agent_id AS agentId, key_id AS keyId, expires_at AS expiresAt`,
  );
  return {
    open: (tokenHash, { organizationId, agentId, keyId, expiresAt }) => {
      gate.write(() => insert.run(tokenHash, organizationId, agentId, keyId, expiresAt));
    },
    find: (tokenHash) => gate.read(() => find.get(tokenHash)),
    end: (agentId) => {
      gate.write(() => end.run(agentId));
    },
    purge: (now) => gate.write(() => purge.all(now)),
  };
}

function lastSeen(database: Database, gate: StatementGate): LastSeen {
  const get = database
    .prepare<[string], number>('SELECT instant FROM last_seen WHERE id = ?')
    .pluck();
  const set = database.prepare(
    `INSERT INTO last_seen VALUES (?, ?)
      ON CONFLICT (id) DO UPDATE SET instant = max(instant, excluded.instant)`,
  );
  return {
    get: (id) => gate.read(() => get.get(id) ?? null),
    set: (id, instant) => {
      gate.write(() => set.run(id, instant));
    },
  };
}

function settings(database: Database, gate: StatementGate): Settings {
  const get = database
    .prepare<[string], string>('SELECT value FROM setting WHERE name = ?')
    .pluck();
  const set = database.prepare(
    'INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  return {
    get: (name) => gate.read(() => get.get(name)),
    set: (name, value) => {
      gate.write(() => set.run(name, value));
    },
  };
}
