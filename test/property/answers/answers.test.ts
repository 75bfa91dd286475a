import fc from 'fast-check';
import { ACTION_NAMES } from '../../../src/access/actions';
import { CHANGE_KINDS } from '../../../src/access/missing/change';
import { DECISION_CODES } from '../../../src/access/question';
import { RULES_VERSION_1 } from '../../../src/access/rules/version-1';
import { WAY_KINDS } from '../../../src/access/way-group';
import { OCCURRENCES } from '../../support/access/occurrences';
import { Installation } from '../../support/answers/installation';
import { Interview } from '../../support/answers/interview';
import { life, live } from '../../support/answers/life';
import { PREVIEW_OUTCOMES, Previews } from '../../support/answers/previews';
import { Tally } from '../../support/answers/tally';

/** With `EVERY_DENIAL=1` every denial of all organizations is looked into: for ten minutes and more. */
const EVERY_DENIAL = process.env['EVERY_DENIAL'] === '1';

jest.setTimeout(EVERY_DENIAL ? 7_200_000 : 600_000);

const ORGANIZATIONS = 2000;

/** Otherwise those of one in so many. */
const EVERY_DENIAL_OF = EVERY_DENIAL ? 1 : 50;

/** What every kind of subject is allowed on some resource of some organization. */
const ALLOWED_SOMETIMES = ACTION_NAMES.flatMap((action) =>
  Object.keys(RULES_VERSION_1[action])
    .filter((kind) => kind !== 'text')
    .map((kind) => `${kind} ${action}`),
);

/** So often, at least, each of these must come up, lest the answers agree about easy cases alone. */
const LEAST: readonly (readonly [times: number, names: readonly string[]])[] = [
  [ORGANIZATIONS, ['an organization', 'a moment', 'a preview', 'a set carried out']],
  [10, OCCURRENCES],
  [20, PREVIEW_OUTCOMES],
  [3, ALLOWED_SOMETIMES],
  [5, DECISION_CODES],
  [20, CHANGE_KINDS],
  [100, WAY_KINDS.filter((kind) => kind !== 'CHAINS').map((kind) => `a way that ${kind}`)],
  [5, [1, 2, 3, 4].map((size) => `a set of ${String(size)}`)],
  [1.5 * ORGANIZATIONS, ['a denial with all its missing sets']],
  [200 * ORGANIZATIONS, ['a check']],
];

/**
 * The organizations live by commands that the writer carries out. Meanwhile previews are held to
 * what then happens (`previews.ts`). Then each is asked at several moments of its life, of which some
 * are the instants around an expiry (`moments.ts`): checks, lists from their three sides and every
 * way of reach (`agreement.ts`), of the views as they are and of facts that are made again up to
 * then; and, of the present, what is missing, which is then done (`denials.ts`). What is true says a
 * slow model of the raw events in `support/reference`, which shares no code with the engine.
 */
test('checks, lists, reach, previews and answers as of then agree, and with the reference', () => {
  const tally = new Tally();
  const installation = new Installation();
  const previews = new Previews(tally);
  const interview = new Interview(installation, tally, EVERY_DENIAL_OF);
  let count = 0;
  try {
    fc.assert(
      fc.property(life, (drawn) => {
        count += 1;
        const organizationId = live(installation, `founded-${String(count)}`, drawn, previews);
        interview.ask(organizationId, drawn.seed);
      }),
      // All live in one data folder, so that a smaller example would be another one.
      { numRuns: ORGANIZATIONS, endOnFailure: true },
    );
  } finally {
    installation.close();
  }
  expect(LEAST.flatMap(([times, names]) => tally.rarer(names, times))).toEqual([]);
});
