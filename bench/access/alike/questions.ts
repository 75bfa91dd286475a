import type { Action } from '../../../src/access/actions';
import { answerTo } from '../../../src/access/standpoint';
import type { AsOf } from '../../../src/views/queries';
import type { BenchAsker } from './asker';
import type { ThingKind } from './folder';

/** One way to ask about a thing by its id. */
export interface AlikeQuestion {
  readonly name: string;
  readonly about: ThingKind;
  readonly ask: (asker: BenchAsker, id: string) => Promise<string> | string;
}

/** So many times the id is named by a question that takes a list. */
const LIST = 50;

const CODE = 'allowed code message moment { position instant }';
const REASONS = 'reasons { rule facts { subjectId } hiddenFactCount }';
const MISSING = 'missing { fixable groups { shape count } }';

function check(selection: string, action: Action) {
  const query = `query ($input: AccessCheckInput!) { accessCheck(input: $input) { ${selection} } }`;
  return ({ graphql, service }: BenchAsker, resourceId: string) =>
    graphql(query, { input: { subjectId: service.userId, action, resourceId } });
}

/** The engine alone: the decision as far as the asker may know it. */
function engine(action: Action, asOf: AsOf = null) {
  return ({ queries, side, service, now }: BenchAsker, resource: string) => {
    const { organizationId } = side;
    const [moment, head] = [asOf, null].map((at) => queries.moment(organizationId, at, now));
    if (typeof moment !== 'object' || typeof head !== 'object') throw new RangeError('no moment');
    const { userId: id, scopes } = service;
    const present = queries.facts(organizationId, head);
    const facts = asOf === null ? present : queries.facts(organizationId, moment);
    const asker = { kind: 'user', id, scopes } as const;
    const principal = { kind: 'user', id, scopes: null } as const;
    return JSON.stringify(answerTo({ asker, facts, present }, { principal, action, resource }));
  };
}

function list(name: string, words: string, selection: string) {
  return ({ graphql, service }: BenchAsker, id: string) =>
    graphql(
      `query ($id: ID!, $self: ID!) { ${name}(${words}) { ${selection} } }`.replace(
        words.includes('$self') ? '' : ', $self: ID!',
        '',
      ),
      words.includes('$self') ? { id, self: service.userId } : { id },
    );
}

const NODE = 'query ($id: ID!) { node(id: $id) { id version } }';

function node({ graphql }: BenchAsker, id: string) {
  return graphql(NODE, { id });
}

const CHECKS = `query ($questions: [AccessQuestionInput!]!) {
  accessChecks(questions: $questions) { ${CODE} ${REASONS} } }`;
const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
const PREVIEW = `query ($changes: [AccessChangeInput!]!) { accessPreview(changes: $changes) {
  refused { change userError { code message } fault { code } } difference { shownCount } } }`;
const DRY_RUN = `mutation ($input: ClusterGrantInput!) { clusterGrant(input: $input) {
  userErrors { code message } } }`;

function entity(type: string, id: string): object {
  return { type, id };
}

/** Every kind of question about access, each as somebody asks it who may not know the answer. */
export const ALIKE_QUESTIONS: readonly AlikeQuestion[] = [
  { name: 'engine: cluster:use', about: 'clu', ask: engine('cluster:use') },
  { name: 'engine: the same, past', about: 'clu', ask: engine('cluster:use', { position: 1500 }) },
  { name: 'engine: cluster:reach', about: 'clu', ask: engine('cluster:reach') },
  { name: 'engine: queue:reach', about: 'que', ask: engine('queue:reach') },
  { name: 'engine: pipeline:build', about: 'pip', ask: engine('pipeline:build') },
  { name: 'engine: team:read', about: 'tea', ask: engine('team:read') },
  { name: 'accessCheck, code', about: 'clu', ask: check(CODE, 'cluster:use') },
  {
    name: 'accessCheck, reasons, missing',
    about: 'clu',
    ask: check(`${CODE} ${REASONS} ${MISSING}`, 'cluster:use'),
  },
  {
    name: `accessChecks, ${LIST}`,
    about: 'clu',
    ask: ({ graphql, service }, resourceId) => {
      const question = { subjectId: service.userId, action: 'cluster:use', resourceId };
      return graphql(CHECKS, { questions: Array.from({ length: LIST }, () => question) });
    },
  },
  {
    name: 'accessSubjects',
    about: 'clu',
    ask: list(
      'accessSubjects',
      'action: "cluster:use", resourceId: $id, first: 10',
      'hiddenCount nodes { subjectId }',
    ),
  },
  {
    name: 'accessResources, of a pipeline',
    about: 'pip',
    ask: list(
      'accessResources',
      'action: "queue:run", subjectId: $id, first: 10',
      'hiddenCount nodes { resourceId }',
    ),
  },
  {
    name: 'accessActions',
    about: 'clu',
    ask: list('accessActions', 'subjectId: $self, resourceId: $id', 'nodes { action }'),
  },
  { name: 'node, cluster', about: 'clu', ask: node },
  { name: 'node, queue', about: 'que', ask: node },
  { name: 'node, team', about: 'tea', ask: node },
  {
    name: `nodes, ${LIST}`,
    about: 'clu',
    ask: ({ graphql }, id) => graphql(NODES, { ids: Array.from({ length: LIST }, () => id) }),
  },
  {
    name: 'accessPreview',
    about: 'clu',
    ask: ({ graphql, service }, clusterId) => {
      const clusterGrant = { clusterId, userId: service.userId, level: 'USE' };
      return graphql(PREVIEW, { changes: [{ clusterGrant }] });
    },
  },
  {
    name: 'clusterGrant, dryRun',
    about: 'clu',
    ask: ({ graphql, service }, clusterId) => {
      const { userId } = service;
      return graphql(DRY_RUN, { input: { clusterId, userId, level: 'USE', dryRun: true } });
    },
  },
  {
    name: 'AuthZEN evaluation',
    about: 'clu',
    ask: ({ evaluation, service }, id) =>
      evaluation({
        subject: entity('user', service.userId),
        action: { name: 'cluster:use' },
        resource: entity('cluster', id),
      }),
  },
  {
    name: 'AuthZEN search, subject',
    about: 'clu',
    ask: ({ search }, id) =>
      search('subject', {
        subject: { type: 'user' },
        action: { name: 'cluster:use' },
        resource: entity('cluster', id),
      }),
  },
  {
    name: 'AuthZEN search, resource',
    about: 'pip',
    ask: ({ search }, id) =>
      search('resource', {
        subject: entity('pipeline', id),
        action: { name: 'queue:run' },
        resource: { type: 'queue' },
      }),
  },
  {
    name: 'AuthZEN search, action',
    about: 'clu',
    ask: ({ search, service }, id) =>
      search('action', {
        subject: entity('user', service.userId),
        resource: entity('cluster', id),
      }),
  },
];
