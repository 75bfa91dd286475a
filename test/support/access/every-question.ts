import { ACTION_NAMES, ACTIONS, type ResourceKind } from '../../../src/access/actions';
import type { Principal, Question } from '../../../src/access/question';
import type { History } from './facts-of-history';

const BRANCHES = [undefined, 'main', 'release/1', 'Main'];
const NOBODY = `usr_${'0'.repeat(26)}` as const;

/** Every question that can be asked with the ids of a history, and with ids that nothing has. */
export function everyQuestion(history: History): readonly Question[] {
  const ids = idsOf(history);
  const of = <T extends string>(prefix: T): `${T}_${string}`[] =>
    [...ids, `${prefix}_${'0'.repeat(26)}`].filter((id): id is `${T}_${string}` =>
      id.startsWith(`${prefix}_`),
    );
  const users = of('usr');
  const principals: readonly Principal[] = [
    ...users.map((id) => ({ kind: 'user', id, scopes: null }) as const),
    ...of('pip').map((id) => ({ kind: 'pipeline', id }) as const),
    ...of('key').map((id) => ({ kind: 'agentKey', id }) as const),
    ...of('agt').map((id) => ({ kind: 'agent', id }) as const),
    { kind: 'installation' },
    { kind: 'host' },
  ];
  const resources: Record<ResourceKind, readonly string[]> = {
    installation: ['installation'],
    organization: of('org'),
    user: users,
    team: of('tea'),
    cluster: of('clu'),
    queue: of('que'),
    pipeline: of('pip'),
    agent: of('agt'),
    any: [...ids, 'que_unknown', 'nonsense', ''],
  };
  return principals.flatMap((principal) =>
    ACTION_NAMES.flatMap((action) =>
      resources[ACTIONS[action]].flatMap((resource): readonly Question[] => {
        const question = { principal, action, resource };
        switch (action) {
          case 'queue:run':
          case 'agent:run':
            return BRANCHES.map((branch) =>
              branch === undefined ? question : { ...question, branch },
            );
          case 'pipeline:move':
            return [
              question,
              { ...question, targetClusterId: null },
              ...of('clu').map((id) => ({ ...question, targetClusterId: id })),
            ];
          case 'access:ask': {
            const self = principal.kind === 'user' ? principal.id : NOBODY;
            return [question, { ...question, about: self }, { ...question, about: NOBODY }];
          }
          default:
            return [question];
        }
      }),
    ),
  );
}

/** Every id that the events of the access ledger name, and those of the agents. */
function idsOf({ access, activity }: History): readonly string[] {
  const data = JSON.stringify([...access, ...activity].map((event) => event.data));
  return [...new Set(data.match(/\b(?:org|usr|tea|clu|que|pip|key|agt|tok)_[\w-]+/gu))].sort();
}
