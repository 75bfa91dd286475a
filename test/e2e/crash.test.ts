import { randomInt } from 'node:crypto';
import { crashRepeatedly } from '../support/durability/crash';
import {
  ACKNOWLEDGES_BEFORE_COMMIT,
  COMMITS_VIEWS_FIRST,
  DOES_NOT_CATCH_UP,
} from '../support/durability/mutants';
import { buildMutant, ORIGINAL } from '../support/mutants/build';

/** Each folder starts empty, so that also young ones are met, and old ones do not cost too much. */
const FOLDERS = 5;
const KILLS_PER_FOLDER = 10;
/** Each kill finds each mutant about every second time. */
const KILLS_OF_MUTANTS = 25;

describe('a process that is killed while it takes commands', () => {
  test('loses nothing that it acknowledged, and leaves no half of anything', async () => {
    for (let folder = 0; folder < FOLDERS; folder += 1) {
      const kills = KILLS_PER_FOLDER;
      const report = await crashRepeatedly(ORIGINAL, { kills, seed: randomInt(2 ** 32) });

      expect(report).toMatchObject({ kills, faults: [] });
      // Otherwise the kills came when there was nothing to lose.
      expect(report.acknowledged).toBeGreaterThan(kills);
      expect(report.inFlight).toBeGreaterThan(kills);
    }
  }, 300_000);

  test.each([
    { mutant: ACKNOWLEDGES_BEFORE_COMMIT, fault: / is lost$/u },
    { mutant: COMMITS_VIEWS_FIRST, fault: /the views stand at \d+, the ledger at \d+/u },
    { mutant: DOES_NOT_CATCH_UP, fault: /^the views' standings are not what a rebuild gives$/u },
  ])(
    'gives away a program that $mutant.name',
    async ({ mutant, fault }) => {
      const build = buildMutant(mutant);
      try {
        const kills = KILLS_OF_MUTANTS;
        const { faults } = await crashRepeatedly(build, { kills, seed: randomInt(2 ** 32) });

        expect(faults).toContainEqual(expect.stringMatching(fault));
      } finally {
        build.remove();
      }
    },
    300_000,
  );
});
