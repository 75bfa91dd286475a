import { BoundedCache } from '../../../src/views/bounded-cache';
import { NumberCache } from '../../../src/views/sqlite/number-cache';

describe('BoundedCache', () => {
  test('keeps what was used last, and forgets the rest', () => {
    const cache = new BoundedCache<number, string>(10);
    cache.set(0, 'kept');
    for (let key = 1; key <= 100; key += 1) {
      cache.set(key, String(key));
      expect(cache.get(0)).toBe('kept');
    }
    const found = Array.from({ length: 101 }, (_, key) => key).filter((key) => cache.get(key));
    expect(found.length).toBeLessThanOrEqual(20);
    expect(found).toEqual(expect.arrayContaining([0, 92, 93, 94, 95, 96, 97, 98, 99, 100]));
  });

  test('holds no more than twice its limit of what its entries weigh, however they grow', () => {
    const cache = new BoundedCache<number, number>(100, (weight) => weight);
    /** What is left of it if it is asked for everything; to look moves entries. */
    const held = () => {
      const keys = Array.from({ length: 500 }, (_, key) => key);
      return keys.reduce((sum, key) => sum + (cache.get(key) ?? 0), 0);
    };
    for (let key = 0; key < 500; key += 1) cache.set(key, 1 + (key % 60));
    expect(held()).toBeLessThanOrEqual(200);
    for (let weight = 1; weight <= 60; weight += 1) {
      for (let key = 0; key < 30; key += 1) cache.set(key, weight);
      expect(held()).toBeLessThanOrEqual(200);
    }
    expect(cache.get(29)).toBe(60);
  });

  test('forgets what is deleted, also among the older', () => {
    const cache = new BoundedCache<number, string>(2);
    [1, 2, 3].forEach((key) => cache.set(key, 'x'));
    cache.delete(1);
    cache.delete(3);
    expect([1, 2, 3].map((key) => cache.get(key))).toEqual([undefined, 'x', undefined]);
    cache.clear();
    expect(cache.get(2)).toBeUndefined();
  });
});

describe('NumberCache', () => {
  test('one text has a number of its own in each organization', () => {
    const cache = new NumberCache(100);
    cache.set(1, 'same', 11);
    cache.set(2, 'same', 22);
    expect([cache.get(1, 'same'), cache.get(2, 'same'), cache.get(3, 'same')]).toEqual([
      11,
      22,
      undefined,
    ]);
  });

  test('answers like a map over many texts and organizations, until it forgets', () => {
    const cache = new NumberCache(10_000);
    const texts = Array.from({ length: 500 }, (_, index) => `text ${index % 250}`);
    texts.forEach((text, index) => cache.set(index % 3, text, index));
    const expected = new Map(texts.map((text, index) => [`${index % 3} ${text}`, index]));
    for (const [key, number] of expected) {
      const [organization = '', ...text] = key.split(' ');
      expect(cache.get(Number(organization), text.join(' '))).toBe(number);
    }
    cache.clear();
    expect(texts.map((text, index) => cache.get(index % 3, text))).toEqual(
      texts.map(() => undefined),
    );
  });

  test('is bounded: old texts are forgotten, recent ones are not', () => {
    const cache = new NumberCache(100);
    for (let number = 0; number < 1000; number += 1) cache.set(1, `text ${number}`, number);
    const known = Array.from({ length: 1000 }, (_, number) => number).filter(
      (number) => cache.get(1, `text ${number}`) !== undefined,
    );
    expect(known.length).toBeLessThanOrEqual(200);
    expect(known).toContain(999);
    expect(known).not.toContain(0);
  });
});
