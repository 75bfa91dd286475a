import { QuestionFault, type LongQuestion } from '../../../src/questions/questions';

/* Questions that go wrong in every way, and some that do not. */

const position: LongQuestion<null, number> = ({ queries, now }, { organizationId }) => {
  const moment = queries.moment(organizationId, null, now);
  return moment === 'UNKNOWN_MOMENT' ? 0 : moment.position;
};

const echo: LongQuestion<string, string> = (_sources, _by, told) => told;

/** Takes this many milliseconds, without a pause. */
const stall: LongQuestion<number, string> = (_sources, _by, ms) => {
  const end = performance.now() + ms;
  while (performance.now() < end);
  return 'stalled';
};

/** Never answers; every turn reads the files. */
const spin: LongQuestion<null, never> = ({ queries }, { organizationId, userId }) => {
  for (;;) queries.get(organizationId, 'member', userId);
};

const refuse: LongQuestion<null, never> = () => {
  throw new QuestionFault('BAD_USER_INPUT', 'There is no such moment.', 'asOf');
};

const fail: LongQuestion<null, never> = () => {
  throw new TypeError('/etc/internal is not a function');
};

const exit: LongQuestion<null, never> = () => process.exit(3);

const hoard: LongQuestion<null, never> = () => {
  const kept: number[][] = [];
  for (;;) kept.push(Array.from({ length: 10_000 }, (_, index) => index / 3));
};

export const TEST_QUESTIONS = { position, echo, stall, spin, refuse, fail, exit, hoard };
