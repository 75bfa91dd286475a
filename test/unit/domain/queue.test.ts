import { PipelineArchived, PipelineCreated } from '../../../src/domain/pipeline/events';
import {
  createQueue,
  deleteQueue,
  pauseQueue,
  resumeQueue,
  updateQueue,
} from '../../../src/domain/queue/decide';
import { endQueueGrant, grantQueue } from '../../../src/domain/queue/decide-grant';
import {
  QueueCreated,
  QueueDeleted,
  QueueModeChanged,
  QueuePaused,
  QueuePipelineGranted,
  QueuePipelineGrantRevoked,
  QueueResumed,
  QueueUpdated,
} from '../../../src/domain/queue/events';
import { given, GIVEN_AT } from '../../support/given-when-then';
import { sampleId } from '../../support/sample-ids';

const queueId = sampleId('que');
const clusterId = sampleId('clu');
const pipelineId = sampleId('pip');
const grantId = sampleId('gra');
const ids = { queueId, clusterId };
const created = QueueCreated.make({ ...ids, key: 'deploy', mode: 'RESTRICTED' });

test('a queue states its mode at creation', () => {
  given()
    .when(() => createQueue(queueId, clusterId, { key: 'deploy', mode: 'RESTRICTED' }, undefined))
    .then([created]);
});

test.each([
  [{ key: 'Deploy' }, 'key'],
  [{ description: '\u0000' }, 'description'],
])('%j is refused for its %s', (wish, field) => {
  given()
    .when(() => createQueue(queueId, clusterId, { key: 'a', mode: 'OPEN', ...wish }, undefined))
    .thenRefused('INVALID', field);
  given(created)
    .when((state) => updateQueue(state('queue', queueId), wish, undefined))
    .thenRefused('INVALID', field);
});

test('a key that another queue of the cluster has or had is taken', () => {
  given()
    .when(() => createQueue(queueId, clusterId, { key: 'a', mode: 'OPEN' }, sampleId('que', 2)))
    .thenRefused('TAKEN', 'key');
  given(created)
    .when((state) => updateQueue(state('queue', queueId), { key: 'a' }, sampleId('que', 2)))
    .thenRefused('TAKEN', 'key');
});

test('a change of mode is an event of its own', () => {
  given(created)
    .when((state) =>
      updateQueue(
        state('queue', queueId),
        { key: 'ship', description: 'Ships', mode: 'OPEN', expectedVersion: 1 },
        undefined,
      ),
    )
    .then([
      QueueUpdated.make({ ...ids, key: 'ship' }, { description: 'Ships' }),
      QueueModeChanged.make({ ...ids, mode: 'OPEN' }),
    ]);
  given(created)
    .when((state) => updateQueue(state('queue', queueId), { mode: 'RESTRICTED' }, undefined))
    .then([]);
});

test('a pause says why; the same pause again is no event, another note is', () => {
  const paused = QueuePaused.make(ids, { note: 'Freeze' });
  given(created)
    .when((state) => pauseQueue(state('queue', queueId), 'Freeze'))
    .then([paused]);
  given(created, paused)
    .when((state) => pauseQueue(state('queue', queueId), 'Freeze'))
    .then([]);
  given(created, paused)
    .when((state) => pauseQueue(state('queue', queueId)))
    .then([QueuePaused.make(ids)]);
  given(created)
    .when((state) => pauseQueue(state('queue', queueId), 'x'.repeat(501)))
    .thenRefused('INVALID', 'note');
});

test('only what is paused resumes', () => {
  given(created, QueuePaused.make(ids))
    .when((state) => resumeQueue(state('queue', queueId)))
    .then([QueueResumed.make(ids)]);
  given(created)
    .when((state) => resumeQueue(state('queue', queueId)))
    .then([]);
});

test('a queue in use is not deleted', () => {
  const usedBy = [{ kind: 'defaultQueue', id: clusterId }] as const;
  const refusal = given(created)
    .when((state) => deleteQueue(state('queue', queueId), { usedBy, hiddenCount: 2 }))
    .thenRefused('IN_USE', 'queueId');
  expect(refusal).toMatchObject({ usedBy, hiddenCount: 2 });
  given(created)
    .when((state) => deleteQueue(state('queue', queueId), undefined))
    .then([QueueDeleted.make(ids)]);
});

describe('grants to pipelines', () => {
  const pipeline = PipelineCreated.make(
    { pipelineId, slug: 'api', clusterId },
    { name: 'API', repository: null },
  );
  const wish = { branches: ['main', 'release/*'], expiresAt: GIVEN_AT + 1 };

  test('a pipeline of the cluster is granted, also on an OPEN queue', () => {
    const granted = QueuePipelineGranted.make({ grantId, queueId, pipelineId, ...wish });
    const open = QueueCreated.make({ ...ids, key: 'deploy', mode: 'OPEN' });
    for (const queue of [created, open]) {
      given(queue, pipeline)
        .when((state) =>
          grantQueue(
            grantId,
            state('queue', queueId),
            state('pipeline', pipelineId),
            wish,
            GIVEN_AT,
          ),
        )
        .then([granted]);
    }
  });

  test.each([
    [{ branches: ['a b'] }, 'INVALID', 'branches'],
    [{ branches: ['máin'] }, 'INVALID', 'branches'],
    [{ branches: [''] }, 'INVALID', 'branches'],
    [{ branches: ['main', 'main'] }, 'INVALID', 'branches'],
    [{ branches: Array.from({ length: 21 }, (_, n) => `b${n}`) }, 'INVALID', 'branches'],
    [{ branches: ['x'.repeat(256)] }, 'INVALID', 'branches'],
    [{ expiresAt: GIVEN_AT }, 'EXPIRY_IN_PAST', 'expiresAt'],
  ] as const)('%j is refused: %s', (change, code, field) => {
    given(created, pipeline)
      .when((state) =>
        grantQueue(
          grantId,
          state('queue', queueId),
          state('pipeline', pipelineId),
          { ...wish, ...change },
          GIVEN_AT,
        ),
      )
      .thenRefused(code, field);
  });

  test('not one of another cluster, of none, or archived', () => {
    const elsewhere = [sampleId('clu', 2), null].map((other) =>
      PipelineCreated.make(
        { pipelineId, slug: 'api', clusterId: other },
        { name: 'API', repository: null },
      ),
    );
    for (const foreign of elsewhere) {
      given(created, foreign)
        .when((state) =>
          grantQueue(grantId, state('queue', queueId), state('pipeline', pipelineId), wish, 0),
        )
        .thenRefused('WRONG_CLUSTER', 'pipelineId');
    }
    given(created, pipeline, PipelineArchived.make({ pipelineId }))
      .when((state) =>
        grantQueue(grantId, state('queue', queueId), state('pipeline', pipelineId), wish, 0),
      )
      .thenRefused('ARCHIVED', 'pipelineId');
  });

  test('an ending names queue and pipeline', () => {
    given(QueuePipelineGranted.make({ grantId, queueId, pipelineId, ...wish }))
      .when((state) => [endQueueGrant(state('queueGrant', grantId))])
      .then([QueuePipelineGrantRevoked.make({ grantId, queueId, pipelineId })]);
  });
});
