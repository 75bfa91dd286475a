import { randomInt } from 'node:crypto';
import { whereDisksCanBeMounted } from '../support/durability/loop-disk';
import { WRITES_WITHOUT_SYNC } from '../support/durability/mutants';
import { cutPowerRepeatedly } from '../support/durability/power-cut';
import { buildMutant, ORIGINAL } from '../support/mutants/build';

const CUTS = 10;

whereDisksCanBeMounted('a power cut while commands are taken', () => {
  test('takes nothing that was acknowledged', async () => {
    const report = await cutPowerRepeatedly(ORIGINAL, { cuts: CUTS, seed: randomInt(2 ** 32) });

    expect(report).toMatchObject({ cuts: CUTS, faults: [] });
    // Otherwise the cuts came when there was nothing to lose.
    expect(report.acknowledged).toBeGreaterThan(CUTS);
  }, 300_000);

  test(`gives away a program that ${WRITES_WITHOUT_SYNC.name}`, async () => {
    const build = buildMutant(WRITES_WITHOUT_SYNC);
    try {
      const { faults } = await cutPowerRepeatedly(build, { cuts: CUTS, seed: randomInt(2 ** 32) });

      expect(faults).toContainEqual(expect.stringMatching(/ is lost$/u));
    } finally {
      build.remove();
    }
  }, 300_000);
});
