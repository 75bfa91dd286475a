import type { Action } from '../actions';
import { agentOf, prefixOf } from '../existence';
import { anyOf, NONE, NOWHERE, through, type Row, type Rule } from '../rule';
import { admin, auditor, oneself } from '../standing';
import { maintainsCluster } from './cluster';
import { grantedManage } from './pipeline';
import { maintainsTeam } from './team';

const managesQueue = through('queueCluster', maintainsCluster);

/** Below ADMIN, who manages a thing, by the prefix of its id. */
const MANAGES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['tea', maintainsTeam],
  ['clu', maintainsCluster],
  ['pip', grantedManage],
  ['que', managesQueue],
  ['key', through('keyCluster', maintainsCluster)],
  ['agt', (asked, id) => managesQueue(asked, agentOf(asked.facts, id)?.queueId ?? NOWHERE)],
]);

const managesIt: Rule = (asked, id) => MANAGES.get(prefixOf(id))?.(asked, id) ?? NONE;

const aboutOneself: Rule = (asked) => oneself(asked, asked.question.about ?? '');

/** Rules about asking. Calls of Facts: member, resource, and two or three for who manages it. */
export const accessRows = {
  'access:ask': {
    text: 'About oneself; ADMIN and AUDITOR about everyone; about everyone on a thing, who manages it.',
    user: anyOf(aboutOneself, admin, auditor, managesIt),
  },
} satisfies Partial<Record<Action, Row>>;
