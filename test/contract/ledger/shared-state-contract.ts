import type { SharedState } from '../../../src/ledger/shared-state';
import type { LedgerWriter } from '../../../src/ledger/types';
import { INSTANT } from '../../support/ledger/samples';
import { sampleId, sampleKeyId } from '../../support/sample-ids';

/** The writer's shared state, and the same as other threads read it. */
export interface SharedStore {
  readonly writer: LedgerWriter & { readonly shared: SharedState };
  readonly shared: SharedState;
  readonly close: () => void;
}

const SCOPE = {
  organization: 1,
  caller: sampleId('tok'),
  mutation: 'clusterCreate',
  key: 'k1',
} as const;
const FIRST = { inputHash: Buffer.alloc(32, 5), result: '{"position":3}' };

/** What the state beside the events does, whatever it is kept in. */
export function sharedStateContract(open: () => SharedStore): void {
  let store: SharedStore;
  let written: SharedState;
  let read: SharedState;

  function commit<T>(work: () => T): T {
    store.writer.begin();
    const result = work();
    store.writer.commit();
    return result;
  }

  beforeEach(() => {
    store = open();
    ({ shared: read } = store);
    written = store.writer.shared;
  });

  afterEach(() => {
    store.close();
  });

  it('shares the fate of the batch', () => {
    store.writer.begin();
    written.names.claim('ORGANIZATION_SLUG', 'acme', sampleId('org'));
    written.idempotency.keep(SCOPE, FIRST, INSTANT);
    written.assertions.use(sampleKeyId(), 'register', 'jti-1', INSTANT);
    written.leakedKeys.add(sampleId('org'), sampleKeyId());
    written.sessions.open('aa', session());
    written.lastSeen.set(sampleId('agt'), INSTANT);
    written.settings.set('VIEWS_NUMBER', '4');
    expect(written.names.owner('ORGANIZATION_SLUG', 'acme')).toBe(sampleId('org'));
    expect(read.names.owner('ORGANIZATION_SLUG', 'acme')).toBeUndefined();
    store.writer.rollback();
    expect(written.names.owner('ORGANIZATION_SLUG', 'acme')).toBeUndefined();
    expect(written.idempotency.find(SCOPE)).toBeUndefined();
    expect(written.assertions.has(sampleKeyId(), 'register', 'jti-1')).toBe(false);
    expect(written.leakedKeys.has(sampleId('org'), sampleKeyId())).toBe(false);
    expect(written.sessions.find('aa')).toBeUndefined();
    expect(written.lastSeen.get(sampleId('agt'))).toBeNull();
    expect(written.settings.get('VIEWS_NUMBER')).toBeUndefined();
  });

  it('changes only within a batch', () => {
    expect(() => {
      written.settings.set('VIEWS_NUMBER', '4');
    }).toThrow();
    expect(() => {
      read.settings.set('VIEWS_NUMBER', '4');
    }).toThrow();
    expect(read.settings.get('VIEWS_NUMBER')).toBeUndefined();
  });

  describe('names', () => {
    it('belong to whoever claimed them first, for ever', () => {
      const claim = (owner: string) => () => {
        commit(() => {
          written.names.claim('ORGANIZATION_SLUG', 'acme', owner);
        });
      };
      claim('org_a')();
      expect(claim('org_a')).not.toThrow();
      expect(claim('org_b')).toThrow(expect.objectContaining({ kind: 'STATEMENT' }));
      store.writer.rollback();
      expect(read.names.owner('ORGANIZATION_SLUG', 'acme')).toBe('org_a');
    });

    it('are apart by scope and by letter case', () => {
      commit(() => {
        written.names.claim('AGENT_KEY', 'key_aB', 'org_a');
      });
      expect(read.names.owner('AGENT_KEY', 'key_aB')).toBe('org_a');
      expect(read.names.owner('AGENT_KEY', 'key_ab')).toBeUndefined();
      expect(read.names.owner('ORGANIZATION_SLUG', 'key_aB')).toBeUndefined();
      commit(() => {
        written.names.claim('AGENT_KEY', 'key_ab', 'org_b');
      });
      expect(read.names.owner('AGENT_KEY', 'key_ab')).toBe('org_b');
    });
  });

  describe('idempotency keys', () => {
    it('keep the first result, byte for byte', () => {
      commit(() => {
        written.idempotency.keep(SCOPE, FIRST, INSTANT);
      });
      expect(read.idempotency.find(SCOPE)).toEqual(FIRST);
    });

    it.each([
      { organization: 2 },
      { caller: sampleId('tok', 2) },
      { caller: sampleId('tok').toUpperCase() },
      { mutation: 'clusterUpdate' },
      { key: 'K1' },
      { key: 'k1 ' },
    ])('are apart by %j', (other) => {
      commit(() => {
        written.idempotency.keep(SCOPE, FIRST, INSTANT);
      });
      expect(read.idempotency.find({ ...SCOPE, ...other })).toBeUndefined();
    });

    it('never keep a second result', () => {
      commit(() => {
        written.idempotency.keep(SCOPE, FIRST, INSTANT);
      });
      store.writer.begin();
      expect(() => {
        written.idempotency.keep(SCOPE, { ...FIRST, result: '{}' }, INSTANT);
      }).toThrow(expect.objectContaining({ kind: 'STATEMENT' }));
      store.writer.rollback();
      expect(read.idempotency.find(SCOPE)).toEqual(FIRST);
    });

    it('are forgotten by age', () => {
      commit(() => {
        written.idempotency.keep(SCOPE, FIRST, INSTANT);
        written.idempotency.keep({ ...SCOPE, key: 'k2' }, FIRST, INSTANT + 1);
        written.idempotency.purge(INSTANT + 1);
      });
      expect(read.idempotency.find(SCOPE)).toBeUndefined();
      expect(read.idempotency.find({ ...SCOPE, key: 'k2' })).toEqual(FIRST);
    });
  });

  describe('assertions', () => {
    const use =
      (keyId: string, purpose: string, jti: string, expiresAt = INSTANT) =>
      () => {
        commit(() => {
          written.assertions.use(keyId, purpose, jti, expiresAt);
        });
      };

    it('are used once', () => {
      use('key_a', 'register', 'j')();
      expect(read.assertions.has('key_a', 'register', 'j')).toBe(true);
      expect(use('key_a', 'register', 'j')).toThrow();
      store.writer.rollback();
    });

    it('are apart by key, purpose and identifier', () => {
      use('key_a', 'register', 'j')();
      expect(read.assertions.has('key_a', 'register', 'J')).toBe(false);
      use('key_b', 'register', 'j')();
      use('key_a', 'rotate', 'j')();
      use('key_a', 'register', 'J')();
    });

    it('are forgotten once they have expired', () => {
      use('key_a', 'register', 'old', INSTANT - 1)();
      use('key_a', 'register', 'new', INSTANT)();
      commit(() => {
        written.assertions.purge(INSTANT);
      });
      expect(read.assertions.has('key_a', 'register', 'old')).toBe(false);
      expect(read.assertions.has('key_a', 'register', 'new')).toBe(true);
    });
  });

  describe('leaked keys', () => {
    it('are of one organization, for ever, however often they leak', () => {
      for (let time = 0; time < 2; time += 1) {
        commit(() => {
          written.leakedKeys.add('org_a', 'key_a');
        });
      }
      expect(read.leakedKeys.has('org_a', 'key_a')).toBe(true);
      expect(read.leakedKeys.has('org_b', 'key_a')).toBe(false);
      expect(read.leakedKeys.has('org_a', 'key_A')).toBe(false);
    });
  });

  describe('agent sessions', () => {
    it('are found by the hash of their token', () => {
      commit(() => {
        written.sessions.open('aa', session());
      });
      expect(read.sessions.find('aa')).toEqual(session());
      expect(read.sessions.find('AA')).toBeUndefined();
      expect(read.sessions.find('ab')).toBeUndefined();
    });

    it('end for one agent, all of them', () => {
      commit(() => {
        written.sessions.open('aa', session());
        written.sessions.open('bb', session());
        written.sessions.open('cc', { ...session(), agentId: sampleId('agt', 2) });
        written.sessions.end(sampleId('agt'));
      });
      expect(['aa', 'bb', 'cc'].map((hash) => read.sessions.find(hash) !== undefined)).toEqual([
        false,
        false,
        true,
      ]);
    });

    it('have a token of their own', () => {
      const open = () => {
        commit(() => {
          written.sessions.open('aa', session());
        });
      };
      open();
      expect(open).toThrow();
      store.writer.rollback();
    });

    it('are forgotten once they have expired', () => {
      const old = { ...session(), expiresAt: INSTANT - 1 };
      commit(() => {
        written.sessions.open('aa', old);
        written.sessions.open('bb', session());
        expect(written.sessions.purge(INSTANT)).toEqual([old]);
      });
      expect(read.sessions.find('aa')).toBeUndefined();
      expect(read.sessions.find('bb')).toBeDefined();
    });
  });

  describe('last seen', () => {
    it('is the latest instant', () => {
      const id = sampleId('agt');
      expect(read.lastSeen.get(id)).toBeNull();
      for (const instant of [INSTANT, INSTANT - 5, INSTANT + 3, INSTANT + 1]) {
        commit(() => {
          written.lastSeen.set(id, instant);
        });
      }
      expect(read.lastSeen.get(id)).toBe(INSTANT + 3);
    });
  });

  describe('settings', () => {
    it('hold the last value', () => {
      for (const value of ['1', '2']) {
        commit(() => {
          written.settings.set('VIEWS_NUMBER', value);
        });
      }
      expect(read.settings.get('VIEWS_NUMBER')).toBe('2');
      expect(read.settings.get('INSTALLATION_TOKEN_HASH')).toBeUndefined();
    });
  });
}

function session() {
  return {
    organizationId: sampleId('org'),
    agentId: sampleId('agt'),
    keyId: sampleKeyId(),
    expiresAt: INSTANT,
  };
}
