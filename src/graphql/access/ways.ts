import type { ToldGroup, ToldWays } from '../../questions/ways';
import { toFact, toReason } from './reasons';
import type { AccessWaysType, WayGroupType } from './ways-types';

/** What is told of a subject whom the asker may not see any more by the time that ways are told. */
export const NO_WAYS: AccessWaysType = { wayCount: 0, groups: [], facts: [], hiddenFactCount: 0 };

/** The ways of one subject as clients get them. */
export function toWays({ wayCount, groups, facts, hiddenFactCount }: ToldWays): AccessWaysType {
  return {
    wayCount,
    groups: groups.map(toGroup),
    facts: facts.map(({ cited, inWays }) => ({ fact: toFact(cited), inWays })),
    hiddenFactCount,
  };
}

function toGroup(group: ToldGroup): WayGroupType {
  return {
    ...group,
    always: group.always.map(toFact),
    parts: group.parts.map(({ alternatives }) => ({ alternatives: alternatives.map(toReason) })),
  };
}
