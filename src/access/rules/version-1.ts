import type { Action } from '../actions';
import type { Row } from '../rule';
import { accessRows } from './access';
import { agentRows } from './agent';
import { apiTokenRows } from './api-token';
import { clusterRows } from './cluster';
import { organizationRows } from './organization';
import { pipelineRows } from './pipeline';
import { queueRows } from './queue';
import { reachRows } from './reach';
import { teamRows } from './team';

/** Version 1 of the rules, complete: every action has its row. */
export const RULES_VERSION_1: Readonly<Record<Action, Row>> = {
  ...organizationRows,
  ...teamRows,
  ...clusterRows,
  ...pipelineRows,
  ...queueRows,
  ...agentRows,
  ...reachRows,
  ...accessRows,
  ...apiTokenRows,
};
