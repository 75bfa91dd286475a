import { AgentKeyRevoked } from '../../../src/domain/agent-key/events';
import { RELATIONS } from '../../../src/access/facts';
import type { EntityKind } from '../../../src/domain/entity';
import { KIND_CODES } from '../../../src/views/codes';
import { KEY_ID, smallWorld } from '../../support/views/small-world';
import { ViewsFiles } from '../../support/views/views-files';

const KINDS = Object.keys(KIND_CODES) as readonly EntityKind[];

test('no id of one organization finds anything in another', () => {
  const files = new ViewsFiles();
  const [ours, theirs] = [files.organization(), files.organization()];
  const mine = smallWorld(files, ours);
  const other = smallWorld(files, theirs);
  files.record(ours, mine.events);
  files.record(theirs, other.events);
  const queries = files.queries();
  const { now } = files;
  const moment = queries.moment(ours.id, null, now);
  if (moment === 'UNKNOWN_MOMENT') throw new Error('no moment');
  const facts = queries.facts(ours.id, moment);
  const worlds = [queries.world(ours.id, now)!, files.writer.world(ours.number, ours.id, now)!];
  const foreign = Object.values(other.ids).filter((id) => id !== KEY_ID);
  const own = Object.values(mine.ids);
  for (const id of foreign) {
    for (const kind of KINDS) {
      expect(queries.get(ours.id, kind, id)).toBeUndefined();
      for (const world of worlds) {
        expect(world.get(kind, id)).toBeUndefined();
        expect(world.existed(kind, id)).toBe(false);
      }
      for (const by of ['parent', 'other'] as const) {
        const query = { kind, by, owner: id, order: 'KEY', after: null, limit: 10 } as const;
        expect(queries.list({ organizationId: ours.id, ...query })).toEqual([]);
      }
    }
    for (const world of worlds) expect(world.naming(id)).toEqual([]);
    for (const relation of RELATIONS) {
      expect(facts.of(id, relation)).toEqual([]);
      expect(facts.on(id, relation)).toEqual([]);
      for (const mineId of own) {
        expect(facts.between(id, relation, mineId)).toEqual([]);
        expect(facts.between(mineId, relation, id)).toEqual([]);
        expect(facts.held(id, relation, mineId)).toEqual([]);
        expect(facts.held(mineId, relation, id)).toEqual([]);
      }
    }
    expect(facts.agent(id)).toBeUndefined();
  }
  files.close();
});

test('one key in two organizations is two keys', () => {
  const files = new ViewsFiles();
  const [ours, theirs] = [files.organization(), files.organization()];
  const mine = smallWorld(files, ours);
  const other = smallWorld(files, theirs);
  files.record(ours, mine.events);
  files.record(theirs, other.events);
  const queries = files.queries();
  const clusterOf = (id: typeof ours.id) => queries.get(id, 'agentKey', KEY_ID)?.clusterId;
  expect([clusterOf(ours.id), clusterOf(theirs.id)]).toEqual([
    mine.ids.clusterId,
    other.ids.clusterId,
  ]);
  files.record(theirs, [AgentKeyRevoked.make({ keyId: KEY_ID, clusterId: other.ids.clusterId })]);
  expect(queries.get(ours.id, 'agentKey', KEY_ID)?.state).toBe('ACTIVE');
  expect(queries.get(theirs.id, 'agentKey', KEY_ID)?.state).toBe('REVOKED');
  const world = files.writer.world(ours.number, ours.id, files.now)!;
  expect(world.facts.of(KEY_ID, 'keyCluster').map(({ object }) => object)).toEqual([
    mine.ids.clusterId,
  ]);
  expect(world.liveAgents({ keyId: KEY_ID }).map(({ id }) => id)).toEqual([mine.ids.agentId]);
  files.close();
});
