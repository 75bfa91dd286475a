import { showReasons } from '../../../src/access/asker';
import { decide } from '../../../src/access/engine';
import type { AgentFacts, Fact } from '../../../src/access/facts';
import { visible, visibleEntity } from '../../../src/access/visibility';
import type { ApiToken } from '../../../src/domain/api-token/state';
import type { ClusterGrant } from '../../../src/domain/cluster/state';
import type { UserId } from '../../../src/domain/id';
import {
  acme,
  asks,
  fact,
  granted,
  inTeam,
  key,
  maintains,
  NOW,
  user,
} from '../../support/access/given';

const token = fact('tok_ann', 'apiToken', 'usr_ann', { source: 'tok_ann' });
const agent: AgentFacts = {
  id: 'agt_one',
  keyId: 'key_one',
  queueId: 'que_open',
  registeredAt: NOW,
  endedAt: null,
};
const IDS = [
  'org_acme',
  'usr_eve',
  'tea_red',
  'clu_prod',
  'que_open',
  'key_one',
  'agt_one',
  'pip_api',
  'tok_ann',
];

function seenBy(id: UserId, given: readonly Fact[] = [], scopes: string[] | null = null): string[] {
  const facts = acme([...key('key_one', 'clu_prod', 'ACTIVE', null), token, ...given], [agent]);
  return IDS.filter((seen) => visible(facts, user(id, scopes), seen));
}

describe('what can be seen', () => {
  test('ADMIN and AUDITOR see everything', () => {
    expect(seenBy('usr_root')).toEqual(IDS);
    expect(seenBy('usr_iris')).toEqual(IDS);
  });

  test('a member sees the organization, its people and their own tokens', () => {
    expect(seenBy('usr_eve')).toEqual(['org_acme', 'usr_eve']);
    expect(seenBy('usr_ann')).toEqual(['org_acme', 'usr_eve', 'tok_ann']);
    expect(seenBy('usr_stranger')).toEqual([]);
  });

  test('who sees a cluster sees its queues, keys and agents', () => {
    expect(seenBy('usr_eve', [granted('usr_eve', 'VIEW', 'clu_prod')])).toEqual([
      'org_acme',
      'usr_eve',
      'clu_prod',
      'que_open',
      'key_one',
      'agt_one',
    ]);
  });

  test('a token without read sees nothing', () => {
    expect(seenBy('usr_root', [], ['write'])).toEqual([]);
    expect(seenBy('usr_root', [], ['pipeline:read'])).toEqual(['pip_api']);
  });

  test('what there is not, nobody sees', () => {
    const gone = ['usr_gone', 'clu_gone', 'que_gone', 'agt_gone', 'key_gone', 'tok_gone', 'gra_1'];
    const facts = acme();
    for (const id of [...gone, 'org_other', '', '_', 'nonsense', 'toString_']) {
      expect(visible(facts, user('usr_root'), id)).toBe(false);
    }
  });
});

describe('what associations can be seen', () => {
  const grant: ClusterGrant = {
    id: 'gra_one',
    clusterId: 'clu_prod',
    holderId: 'tea_red',
    level: 'USE',
    expiresAt: null,
    createdAt: 0,
  };
  const seen = (id: UserId, given: readonly Fact[]): boolean =>
    visibleEntity(acme(given), user(id), 'clusterGrant', grant);

  test('a grant by who sees both its ends', () => {
    const redUses = granted('tea_red', 'USE', 'clu_prod');
    const eveViews = granted('usr_eve', 'VIEW', 'clu_prod');
    expect(seen('usr_root', [redUses])).toBe(true);
    expect(seen('usr_eve', [redUses])).toBe(false);
    expect(seen('usr_eve', [redUses, eveViews])).toBe(false);
    expect(seen('usr_eve', [redUses, eveViews, inTeam('usr_eve', 'tea_red')])).toBe(true);
    expect(seen('usr_eve', [redUses, maintains('usr_eve', 'clu_prod')])).toBe(true);
  });

  test('a token by its member, who need not be oneself for ADMIN and AUDITOR', () => {
    const expired: ApiToken = {
      id: 'tok_old',
      userId: 'usr_ann',
      tokenHash: '',
      scopes: ['read'],
      addressRanges: [],
      description: '',
      expiresAt: 1,
      createdAt: 0,
    };
    const by = (id: UserId) => visibleEntity(acme(), user(id), 'apiToken', expired);
    expect([by('usr_ann'), by('usr_root'), by('usr_iris')]).toEqual([true, true, true]);
    expect(by('usr_eve')).toBe(false);
  });
});

test('reasons leave out, and count, what the asker may not see', () => {
  const given = [
    inTeam('usr_ann', 'tea_red'),
    granted('tea_red', 'USE', 'clu_prod'),
    granted('usr_ann', 'BUILD', 'pip_api'),
    granted('usr_eve', 'MANAGE', 'pip_api'),
  ];
  const facts = acme(given);
  const { reasons } = decide(facts, asks('usr_ann', 'pipeline:build', 'pip_api'));
  expect(reasons[0]?.facts).toHaveLength(5);

  const toRoot = showReasons(facts, user('usr_root'), reasons);
  expect(toRoot).toEqual({ shown: reasons.map((reason) => ({ ...reason, hidden: 0 })), hidden: 0 });

  // Eve manages the pipeline: she sees ann's grant on it, and neither the team nor the cluster.
  const toEve = showReasons(facts, user('usr_eve'), reasons);
  expect(toEve.shown[0]?.facts.map(({ relation }) => relation)).toEqual([
    'member',
    'pipelineGrant',
  ]);
  expect([toEve.shown[0]?.hidden, toEve.hidden]).toEqual([3, 3]);
});
