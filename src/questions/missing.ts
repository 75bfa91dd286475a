import type { Moment } from '../access/facts';
import { questionOf, type ListAsk } from '../access/lists/ask';
import { principalOf } from '../access/lists/lists';
import type { Subject } from '../access/lists/asked';
import { missing, type Missing } from '../access/missing';
import type { Change } from '../access/missing/change';
import type { MissingGroup } from '../access/missing/group';
import type { Question } from '../access/question';
import { TooManyWays } from '../access/rule';
import { answerTo, maySee, type Standpoint } from '../access/standpoint';
import { QuestionFault, type LongQuestion } from './questions';
import { standpointOf } from './standpoint-of';

export interface MissingTold {
  readonly moment: Moment;
  readonly questions: readonly {
    readonly subject: Subject;
    readonly resource: string;
    readonly ask: ListAsk;
  }[];
}

/** Sets of changes of one shape, as far as the asker may see what they name. */
export interface ToldMissingGroup {
  readonly shape: string;
  readonly count: number;
  readonly sets: readonly { readonly changes: readonly Change[] }[];
  readonly hiddenSetCount: number;
}

export interface ToldMissing {
  readonly fixable: boolean;
  readonly groups: readonly ToldMissingGroup[];
}

/** So many sets of a group are looked at, and so many of those that may be seen are told. */
const SETS_READ = 100;
const SETS_TOLD = 10;

/**
 * What would allow what each question is denied, in their order: null where it is allowed, and where
 * the asker may not ask or cannot see the resource, or the pipeline.
 */
export const tellMissing: LongQuestion<MissingTold, readonly (ToldMissing | null)[]> = (
  sources,
  by,
  { moment, questions },
) => {
  const standpoint = standpointOf(sources, by, moment);
  return questions.map(({ subject, resource, ask }) =>
    tell(standpoint, questionOf(ask, principalOf(subject.kind, subject.id), resource)),
  );
};

function tell(standpoint: Standpoint, question: Question): ToldMissing | null {
  const { allowed, code } = answerTo(standpoint, question);
  if (allowed || code === 'NOT_FOUND' || !seesEnds(standpoint, question)) return null;
  const found = find(standpoint, question);
  if (found === null) return null;
  const groups = found.fixable ? found.groups : [];
  return { fixable: found.fixable, groups: groups.map((group) => tellGroup(standpoint, group)) };
}

/** Members see each other; of a pipeline that is hidden must not be told what it lacks. */
function seesEnds(standpoint: Standpoint, { principal, resource }: Question): boolean {
  const subject = principal.kind === 'pipeline' ? principal.id : resource;
  return maySee(standpoint, resource) && maySee(standpoint, subject);
}

function find({ facts }: Standpoint, question: Question): Missing | null {
  try {
    return missing(facts, question, SETS_READ);
  } catch (error) {
    if (!(error instanceof TooManyWays)) throw error;
    const message = 'There are too many changes that would allow it.';
    throw new QuestionFault('QUERY_TOO_COMPLEX', message);
  }
}

function tellGroup(standpoint: Standpoint, { shape, count, sets }: MissingGroup): ToldMissingGroup {
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
