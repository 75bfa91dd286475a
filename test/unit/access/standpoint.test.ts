import { askedActions, askedSubjects } from '../../../src/access/lists/asked';
import type { Question } from '../../../src/access/question';
import { answerTo, type Standpoint } from '../../../src/access/standpoint';
import type { UserId } from '../../../src/domain/id';
import { acme, maintains, pipeline, user } from '../../support/access/given';

/* Whoever asks must not learn what there is: of two ids they may not see, one names something. */

const facts = acme([maintains('usr_ann', 'clu_test')]);
const from = (id: UserId): Standpoint => ({
  asker: { kind: 'user', id, scopes: null },
  facts,
  present: facts,
});
const ann = from('usr_ann');
const HIDDEN_AND_UNKNOWN = [
  ['clu_prod', 'clu_none'],
  ['que_shut', 'que_none'],
  ['pip_api', 'pip_none'],
  ['tea_red', 'tea_none'],
] as const;

describe.each(HIDDEN_AND_UNKNOWN)('%s, like %s', (hidden, unknown) => {
  const about = 'usr_ann';
  const asking = (resource: string): Question => ({
    ...{ principal: user(about), action: 'access:ask', resource, about },
  });

  test('is unknown to who asks if they may ask about themselves on it', () => {
    expect(answerTo(ann, asking(hidden)).code).toBe('NOT_FOUND');
    expect(answerTo(ann, asking(hidden))).toEqual(answerTo(ann, asking(unknown)));
  });

  test('has no actions, and nobody who may ask', () => {
    for (const id of [hidden, unknown]) {
      expect(askedActions(ann, { kind: 'user', id: about }, id, { about })).toEqual([]);
      expect(askedSubjects(ann, id, { action: 'access:ask', about })).toEqual([]);
    }
  });
});

test('what one may see, one may ask about oneself on', () => {
  const question = { principal: user('usr_eve'), action: 'access:ask', about: 'usr_eve' } as const;
  const resource = 'usr_ann';
  expect(answerTo(from('usr_eve'), { ...question, resource }).allowed).toBe(true);
});

describe('a pipeline of a cluster that one may not see, on a queue that one manages', () => {
  const runs = (id: 'pip_api' | 'pip_none'): Question => ({
    ...{ principal: pipeline(id), action: 'queue:run', resource: 'que_lab' },
  });

  test('is denied like one that there is not', () => {
    expect(answerTo(ann, runs('pip_none')).code).toBe('DENIED');
    expect(answerTo(ann, runs('pip_api'))).toEqual(answerTo(ann, runs('pip_none')));
  });

  test('is told about to who sees it', () => {
    expect(answerTo(from('usr_iris'), runs('pip_api')).code).toBe('NOT_IN_CLUSTER');
    const both = acme([maintains('usr_ann', 'clu_test'), maintains('usr_ann', 'clu_prod')]);
    const standpoint = { ...ann, facts: both, present: both };
    expect(answerTo(standpoint, runs('pip_api')).code).toBe('NOT_IN_CLUSTER');
  });
});
