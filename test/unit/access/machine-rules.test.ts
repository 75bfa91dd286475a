import type { Action } from '../../../src/access/actions';
import { decide } from '../../../src/access/engine';
import type { AgentFacts, Fact } from '../../../src/access/facts';
import type { DecisionCode, Principal, Question } from '../../../src/access/question';
import {
  acme,
  ACME,
  archived,
  key,
  maintains,
  NOW,
  pipeline,
  queueIn,
  takes,
  user,
} from '../../support/access/given';

function code(
  principal: Principal,
  action: Action,
  resource: string,
  given: readonly Fact[] = [],
  { agents = [], ...more }: Partial<Question> & { agents?: readonly AgentFacts[] } = {},
): DecisionCode {
  return decide(acme(given, agents), { principal, action, resource, ...more }).code;
}

const api = pipeline('pip_api');

describe('queue:run', () => {
  const run = (given: readonly Fact[], resource = 'que_shut', branch?: string): DecisionCode =>
    code(api, 'queue:run', resource, given, branch === undefined ? {} : { branch });

  test('an OPEN queue takes the pipelines of its cluster', () => {
    expect(run([], 'que_open')).toBe('ALLOWED');
    expect(run([], 'que_lab')).toBe('NOT_IN_CLUSTER');
    expect(code(pipeline('pip_loose'), 'queue:run', 'que_open')).toBe('NOT_IN_CLUSTER');
  });

  test('a RESTRICTED queue takes those that it grants', () => {
    expect(run([])).toBe('QUEUE_RESTRICTED');
    expect(run([takes('que_shut', 'pip_api')])).toBe('ALLOWED');
    expect(run([takes('que_shut', 'pip_loose')])).toBe('QUEUE_RESTRICTED');
  });

  test('a grant without its cluster gives nothing', () => {
    const loose = pipeline('pip_loose');
    const given = [takes('que_shut', 'pip_loose')];
    expect(code(loose, 'queue:run', 'que_shut', given)).toBe('NOT_IN_CLUSTER');
  });

  test('an archived pipeline runs nowhere', () => {
    expect(run([archived('pip_api')], 'que_open')).toBe('ARCHIVED');
    expect(run([archived('pip_api'), takes('que_shut', 'pip_api')])).toBe('ARCHIVED');
  });

  test('patterns ask for the branch, in its letter case', () => {
    const given = [takes('que_shut', 'pip_api', ['main', 'release/*'])];
    expect(run(given)).toBe('BRANCH_REQUIRED');
    expect(run(given, 'que_shut', 'main')).toBe('ALLOWED');
    expect(run(given, 'que_shut', 'release/a/b')).toBe('ALLOWED');
    expect(run(given, 'que_shut', 'Main')).toBe('BRANCH_NOT_GRANTED');
    expect(run(given, 'que_shut', 'release')).toBe('BRANCH_NOT_GRANTED');
  });

  test('of two grants one is enough', () => {
    const given = [takes('que_shut', 'pip_api', ['main']), takes('que_shut', 'pip_api')];
    expect(run(given)).toBe('ALLOWED');
    expect(run(given, 'que_shut', 'anything')).toBe('ALLOWED');
  });

  test('an OPEN queue asks for no branch, whatever its grants say', () => {
    expect(run([takes('que_open', 'pip_api', ['main'])], 'que_open')).toBe('ALLOWED');
  });

  test('an unknown queue is not found; an unknown pipeline is denied', () => {
    expect(run([], 'que_gone')).toBe('NOT_FOUND');
    expect(code(pipeline('pip_gone'), 'queue:run', 'que_open')).toBe('DENIED');
    expect(code(pipeline('pip_gone'), 'queue:run', 'que_gone')).toBe('DENIED');
  });
});

describe('agents', () => {
  const agent = (more: Partial<AgentFacts> = {}): AgentFacts => ({
    id: 'agt_one',
    keyId: 'key_one',
    queueId: 'que_open',
    registeredAt: NOW - 1000,
    endedAt: null,
    ...more,
  });
  const open = key('key_one', 'clu_prod', 'ACTIVE', null);
  const listed = key('key_one', 'clu_prod', 'ACTIVE', ['que_shut']);
  const run = (given: readonly Fact[], more: Partial<AgentFacts> = {}): DecisionCode =>
    code(api, 'agent:run', 'agt_one', given, { agents: [agent(more)] });

  test('a pipeline runs on the agents of queues that take it', () => {
    expect(run(open)).toBe('ALLOWED');
    expect(run(open, { queueId: 'que_lab' })).toBe('NOT_IN_CLUSTER');
    expect(run(listed, { queueId: 'que_shut' })).toBe('QUEUE_RESTRICTED');
    expect(run([...listed, takes('que_shut', 'pip_api')], { queueId: 'que_shut' })).toBe('ALLOWED');
    expect(run([...open, archived('pip_api')])).toBe('ARCHIVED');
  });

  test('the key must be ACTIVE, of that cluster, and admit the queue', () => {
    expect(run([])).toBe('KEY_NOT_ACTIVE');
    expect(run(key('key_one', 'clu_prod', 'PENDING', null))).toBe('KEY_NOT_ACTIVE');
    expect(run(key('key_one', 'clu_prod', 'ACTIVE', null, { expiresAt: NOW }))).toBe(
      'KEY_NOT_ACTIVE',
    );
    expect(run(key('key_one', 'clu_test', 'ACTIVE', null))).toBe('KEY_NOT_FOR_QUEUE');
    expect(run(listed)).toBe('KEY_NOT_FOR_QUEUE');
    expect(run(key('key_one', 'clu_prod', 'ACTIVE', ['que_open']))).toBe('ALLOWED');
  });

  test('an ended agent takes nothing; one of the future is not there yet', () => {
    expect(run(open, { endedAt: NOW })).toBe('AGENT_ENDED');
    expect(run(open, { endedAt: NOW + 1 })).toBe('ALLOWED');
    expect(run(open, { registeredAt: NOW + 1 })).toBe('NOT_FOUND');
    expect(code(api, 'agent:run', 'agt_gone', open)).toBe('NOT_FOUND');
  });

  test('an agent whose queue is gone takes nothing', () => {
    expect(run(open, { queueId: 'que_gone' })).toBe('DENIED');
  });

  const keyOne: Principal = { kind: 'agentKey', id: 'key_one' };

  test('a key registers on the queues that it lists', () => {
    const both = key('key_one', 'clu_prod', 'PENDING', ['que_open', 'que_shut']);
    expect(code(keyOne, 'agent:register', 'que_shut', both)).toBe('ALLOWED');
    expect(code(keyOne, 'agent:register', 'que_open', both)).toBe('ALLOWED');
    expect(code(keyOne, 'agent:register', 'que_open', listed)).toBe('KEY_NOT_FOR_QUEUE');
    const unlisted = listed.map((one) => ({ ...one, detail: null }));
    const half = unlisted.filter(({ relation }) => relation === 'keyCluster');
    expect(code(keyOne, 'agent:register', 'que_shut', unlisted)).toBe('ALLOWED');
    expect(code(keyOne, 'agent:register', 'que_shut', half)).toBe('KEY_NOT_FOR_QUEUE');
    expect(code(keyOne, 'agent:register', 'que_open', half)).toBe('KEY_NOT_FOR_QUEUE');
  });

  test('a key that lists none registers on the OPEN queues of its cluster', () => {
    expect(code(keyOne, 'agent:register', 'que_open', open)).toBe('ALLOWED');
    expect(code(keyOne, 'agent:register', 'que_shut', open)).toBe('KEY_NOT_FOR_QUEUE');
    expect(code(keyOne, 'agent:register', 'que_lab', open)).toBe('KEY_NOT_FOR_QUEUE');
    const opened = queueIn('que_shut', 'clu_prod', 'OPEN');
    expect(code(keyOne, 'agent:register', 'que_shut', [...open, opened])).toBe('ALLOWED');
  });

  test('two keys of one organization cannot swap their queues', () => {
    const given = [...key('key_two', 'clu_prod', 'ACTIVE', ['que_open']), ...listed];
    const keyTwo: Principal = { kind: 'agentKey', id: 'key_two' };
    expect(code(keyOne, 'agent:register', 'que_shut', given)).toBe('ALLOWED');
    expect(code(keyTwo, 'agent:register', 'que_open', given)).toBe('ALLOWED');
    expect(code(keyOne, 'agent:register', 'que_open', given)).toBe('KEY_NOT_FOR_QUEUE');
    expect(code(keyTwo, 'agent:register', 'que_shut', given)).toBe('KEY_NOT_FOR_QUEUE');
  });

  test('an unknown, revoked or expired key registers nowhere', () => {
    expect(code(keyOne, 'agent:register', 'que_open')).toBe('KEY_NOT_ACTIVE');
    const expired = key('key_one', 'clu_prod', 'ACTIVE', null, { expiresAt: NOW });
    expect(code(keyOne, 'agent:register', 'que_open', expired)).toBe('KEY_NOT_ACTIVE');
    expect(code(keyOne, 'agent:register', 'que_gone', open)).toBe('NOT_FOUND');
  });

  const one: Principal = { kind: 'agent', id: 'agt_one' };

  test('an agent keeps its own session while its key is ACTIVE', () => {
    const session = (resource: string, given: readonly Fact[], more: Partial<AgentFacts> = {}) =>
      code(one, 'agent:session', resource, given, { agents: [agent(more)] });
    expect(session('agt_one', open)).toBe('ALLOWED');
    expect(session('agt_two', open)).toBe('DENIED');
    expect(session('agt_one', [])).toBe('KEY_NOT_ACTIVE');
    expect(session('agt_one', key('key_one', 'clu_prod', 'PENDING', null))).toBe('KEY_NOT_ACTIVE');
    expect(session('agt_one', open, { endedAt: NOW })).toBe('AGENT_ENDED');
    expect(code(one, 'agent:session', 'agt_one', open)).toBe('NOT_FOUND');
  });
});

describe('the installation and the host', () => {
  test('the installation creates organizations and nothing else', () => {
    const installation: Principal = { kind: 'installation' };
    expect(code(installation, 'organization:create', 'installation')).toBe('ALLOWED');
    expect(code(installation, 'organization:read', 'org_acme')).toBe('DENIED');
    expect(code(user('usr_root'), 'organization:create', 'installation')).toBe('DENIED');
  });

  test("the host replaces a member's token and does nothing else", () => {
    const host: Principal = { kind: 'host' };
    expect(code(host, 'api-token:create', 'usr_root')).toBe('ALLOWED');
    expect(code(host, 'api-token:create', 'usr_gone')).toBe('NOT_FOUND');
    expect(code(host, 'api-token:revoke', 'usr_root')).toBe('DENIED');
    expect(code(host, 'organization:create', 'installation')).toBe('DENIED');
  });
});

test('machines have only their own actions', () => {
  const given = [...ACME, ...key('key_one', 'clu_prod', 'ACTIVE', null)];
  const machines: Principal[] = [api, { kind: 'agentKey', id: 'key_one' }];
  for (const principal of machines) {
    expect(code(principal, 'cluster:read', 'clu_prod', given)).toBe('DENIED');
    expect(code(principal, 'access:ask', 'clu_prod', given, { about: 'pip_api' })).toBe('DENIED');
  }
  expect(code(user('usr_root'), 'queue:run', 'que_open', [maintains('usr_root', 'clu_prod')])).toBe(
    'DENIED',
  );
});
