import { missing } from '../../access/missing';
import type { Change } from '../../access/missing/change';
import type { MissingGroup } from '../../access/missing/group';
import type { Question } from '../../access/question';
import { TooManyWays } from '../../access/rule';
import { maySee, type Standpoint } from '../../access/standpoint';
import { fault } from '../errors';
import type { AccessMissingGroupType, AccessMissingType } from './missing-types';

/** So many sets of a group are looked at, and so many of those that may be seen are told. */
const SETS_READ = 100;
const SETS_TOLD = 10;

/** What would allow what is denied, as far as the asker may see it; null if they cannot see where. */
export function toMissing(standpoint: Standpoint, question: Question): AccessMissingType | null {
  if (!maySee(standpoint, question.resource)) return null;
  const found = findMissing(standpoint, question);
  if (found === null) return null;
  const groups = found.fixable ? found.groups : [];
  return { fixable: found.fixable, groups: groups.map((group) => toGroup(standpoint, group)) };
}

function findMissing({ facts }: Standpoint, question: Question) {
  try {
    return missing(facts, question, SETS_READ);
  } catch (error) {
    if (!(error instanceof TooManyWays)) throw error;
    throw fault('QUERY_TOO_COMPLEX', 'There are too many changes that would allow it.');
  }
}

function toGroup(
  standpoint: Standpoint,
  { shape, count, sets }: MissingGroup,
): AccessMissingGroupType {
  const seen = sets.filter((set) =>
    set.every((change) => idsOf(change).every((id) => maySee(standpoint, id))),
  );
  return {
    shape,
    count,
    sets: seen.slice(0, SETS_TOLD).map((changes) => ({ changes })),
    hiddenSetCount: sets.length - seen.length,
  };
}

/** What a change names: its own ids, and not those of the grants it follows upon. */
function idsOf(change: Change): readonly string[] {
  return Object.entries(change).flatMap(([name, value]) =>
    name.endsWith('Id') && typeof value === 'string' ? [value] : [],
  );
}
