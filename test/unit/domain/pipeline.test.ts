import {
  archivePipeline,
  createPipeline,
  movePipeline,
  unarchivePipeline,
  updatePipeline,
} from '../../../src/domain/pipeline/decide';
import { endPipelineGrant, grantPipeline } from '../../../src/domain/pipeline/decide-grant';
import {
  PipelineArchived,
  PipelineCreated,
  PipelineGranted,
  PipelineGrantRevoked,
  PipelineMoved,
  PipelineUnarchived,
  PipelineUpdated,
} from '../../../src/domain/pipeline/events';
import { given, GIVEN_AT } from '../../support/given-when-then';
import { sampleId } from '../../support/sample-ids';

const pipelineId = sampleId('pip');
const clusterId = sampleId('clu');
const otherId = sampleId('clu', 2);
const grantId = sampleId('gra');
const holderId = sampleId('usr');
const created = PipelineCreated.make(
  { pipelineId, slug: 'api', clusterId },
  { name: 'API', repository: null },
);
const archived = PipelineArchived.make({ pipelineId });

test.each([null, GIVEN_AT + 1])('a pipeline is managed from the start, until %p', (expiresAt) => {
  const wish = { slug: 'api', name: 'API' };
  const manager = { holderId, expiresAt };
  given()
    .when(() => createPipeline({ pipelineId, grantId }, clusterId, manager, wish, undefined))
    .then([
      created,
      PipelineGranted.make({ grantId, pipelineId, holderId, level: 'MANAGE', expiresAt }),
    ]);
});

test.each([
  [{ slug: 'a/b' }, 'slug'],
  [{ name: '' }, 'name'],
  [{ description: 'x\u200bx' }, 'description'],
  [{ repository: '' }, 'repository'],
  [{ repository: 'x'.repeat(501) }, 'repository'],
  [{ repository: 'https://user:secret@git.example/a.git' }, 'repository'],
  [{ repository: 'https://ghp_token@git.example/a.git' }, 'repository'],
  [{ repository: 'HTTPS://ghp_token@git.example/a.git' }, 'repository'],
  [{ repository: 'ssh://git:secret@git.example/a.git' }, 'repository'],
])('%j is refused for its %s', (wish, field) => {
  given()
    .when(() =>
      createPipeline(
        { pipelineId, grantId },
        null,
        { holderId, expiresAt: null },
        { slug: 'api', name: 'API', ...wish },
        undefined,
      ),
    )
    .thenRefused('INVALID', field);
  given(created)
    .when((state) => updatePipeline(state('pipeline', pipelineId), wish, undefined))
    .thenRefused('INVALID', field);
});

test.each([
  'git@git.example:acme/api.git',
  'ssh://git@git.example:22/acme/api.git',
  'https://git.example/acme/api.git',
  'https://git.example/a@b:c@d',
])('%s is where code may be', (repository) => {
  given(created)
    .when((state) => updatePipeline(state('pipeline', pipelineId), { repository }, undefined))
    .then([PipelineUpdated.make({ pipelineId }, { repository })]);
});

test('the slug of another pipeline, present or past, is taken', () => {
  given(created)
    .when((state) =>
      updatePipeline(state('pipeline', pipelineId), { slug: 'web' }, sampleId('pip', 2)),
    )
    .thenRefused('TAKEN', 'slug');
});

test('an archived pipeline is not updated nor granted', () => {
  given(created, archived)
    .when((state) => updatePipeline(state('pipeline', pipelineId), { name: 'B' }, undefined))
    .thenRefused('ARCHIVED', 'pipelineId');
  given(created, archived)
    .when((state) =>
      grantPipeline(
        grantId,
        state('pipeline', pipelineId),
        holderId,
        { level: 'READ', expiresAt: null },
        GIVEN_AT,
      ),
    )
    .thenRefused('ARCHIVED', 'pipelineId');
});

test('a move tells from where; to where it is already, nothing', () => {
  given(created)
    .when((state) => movePipeline(state('pipeline', pipelineId), otherId, 1))
    .then([PipelineMoved.make({ pipelineId, fromClusterId: clusterId, clusterId: otherId })]);
  given(created)
    .when((state) => movePipeline(state('pipeline', pipelineId), clusterId))
    .then([]);
  given(created)
    .when((state) => movePipeline(state('pipeline', pipelineId), otherId, 2))
    .thenRefused('CONFLICT', 'expectedVersion');
});

test('an archived pipeline moves out of its cluster, and into none', () => {
  given(created, archived)
    .when((state) => movePipeline(state('pipeline', pipelineId), null))
    .then([PipelineMoved.make({ pipelineId, fromClusterId: clusterId, clusterId: null })]);
  given(created, archived)
    .when((state) => movePipeline(state('pipeline', pipelineId), otherId))
    .thenRefused('ARCHIVED', 'pipelineId');
});

test('archiving and unarchiving twice is doing it once', () => {
  given(created)
    .when((state) => archivePipeline(state('pipeline', pipelineId)))
    .then([archived]);
  given(created, archived)
    .when((state) => archivePipeline(state('pipeline', pipelineId)))
    .then([]);
  given(created, archived)
    .when((state) => unarchivePipeline(state('pipeline', pipelineId)))
    .then([PipelineUnarchived.make({ pipelineId })]);
  given(created)
    .when((state) => unarchivePipeline(state('pipeline', pipelineId)))
    .then([]);
});

test('a grant and its ending', () => {
  const wish = { level: 'BUILD', expiresAt: GIVEN_AT + 1 } as const;
  const granted = PipelineGranted.make({ grantId, pipelineId, holderId, ...wish });
  given(created)
    .when((state) =>
      grantPipeline(grantId, state('pipeline', pipelineId), holderId, wish, GIVEN_AT),
    )
    .then([granted]);
  given(created)
    .when((state) =>
      grantPipeline(grantId, state('pipeline', pipelineId), holderId, wish, GIVEN_AT + 1),
    )
    .thenRefused('EXPIRY_IN_PAST', 'expiresAt');
  given(granted)
    .when((state) => [endPipelineGrant(state('pipelineGrant', grantId))])
    .then([PipelineGrantRevoked.make({ grantId, pipelineId, holderId })]);
});
