import { RandomPool } from '../../../src/ledger/random-pool';

/** Fills with a number that is higher by one for every 4 bytes, so that nothing repeats. */
function countingFill(): (target: Uint8Array) => void {
  let next = 0;
  return (target) => {
    const view = new DataView(target.buffer, target.byteOffset, target.byteLength);
    for (let offset = 0; offset < target.length; offset += 4) view.setUint32(offset, (next += 1));
  };
}

describe('the random pool', () => {
  it('never gives a byte out twice, and never changes what it gave out', () => {
    const pool = new RandomPool(countingFill());
    const given = Array.from({ length: 2000 }, () => pool.take(32));
    expect(new Set(given.map((bytes) => bytes.toString('hex'))).size).toBe(2000);
    expect(given.every((bytes) => bytes.length === 32)).toBe(true);
  });

  it('draws from its source once for many takes', () => {
    let draws = 0;
    const pool = new RandomPool(() => {
      draws += 1;
    });
    for (let take = 0; take < 512; take += 1) pool.take(32);
    expect(draws).toBe(1);
    pool.take(1);
    expect(draws).toBe(2);
  });

  it('gives takes of any size up to its own', () => {
    const pool = new RandomPool(countingFill());
    expect(pool.take(10)).toHaveLength(10);
    expect(pool.take(16_384)).toHaveLength(16_384);
    expect(() => pool.take(16_385)).toThrow(RangeError);
  });
});
