import { EMPTY_ROOT, Frontier, leafHash, nodeHash } from '../../../src/ledger/merkle';
import { naiveLeaf, naiveNode, naiveRoot } from '../../support/ledger/naive-root';

const ENTRIES = Array.from({ length: 300 }, (_, index) => Buffer.from(`entry ${String(index)}`));
const LEAVES = ENTRIES.map((entry) => leafHash(entry));

function frontierOf(leaves: readonly Buffer[]): Frontier {
  const frontier = new Frontier();
  for (const leaf of leaves) frontier.append(leaf);
  return frontier;
}

describe('hashes', () => {
  it('tell leaves from nodes by their first byte', () => {
    expect(leafHash(Buffer.from('x'))).toEqual(naiveLeaf(Buffer.from('x')));
    const [left, right] = [naiveLeaf(Buffer.from('l')), naiveLeaf(Buffer.from('r'))];
    expect(nodeHash(left, right)).toEqual(naiveNode(left, right));
    expect(leafHash(Buffer.concat([left, right]))).not.toEqual(nodeHash(left, right));
  });

  it.each([0, 1, 4094, 4095, 4096, 4097, 65_535, 10])('hash an entry of %d bytes', (length) => {
    const entry = Buffer.alloc(length, 7);
    expect(leafHash(entry)).toEqual(naiveLeaf(entry));
  });

  it('are buffers that a later hash does not change', () => {
    const hash = leafHash(Buffer.from('one'));
    const copy = Buffer.from(hash);
    leafHash(Buffer.from('two'));
    expect(hash).toEqual(copy);
  });
});

describe('the frontier', () => {
  it('gives the roots that certificate transparency logs agree on', () => {
    const leaves = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ].map((entry) => leafHash(Buffer.from(entry, 'hex')));
    const roots = leaves.map((_, index) => frontierOf(leaves.slice(0, index + 1)).root());
    expect(roots.map((root) => root.toString('hex'))).toEqual([
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ]);
  });

  it('has the structure of the example in RFC 6962, section 2.1.3', () => {
    const [a, b, c, d, e, f, j] = LEAVES.slice(0, 7) as [
      Buffer,
      Buffer,
      Buffer,
      Buffer,
      Buffer,
      Buffer,
      Buffer,
    ];
    const [g, h, i] = [naiveNode(a, b), naiveNode(c, d), naiveNode(e, f)];
    const [k, l] = [naiveNode(g, h), naiveNode(i, j)];
    const frontier = frontierOf([a, b, c, d, e, f, j]);
    expect(frontier.root()).toEqual(naiveNode(k, l));
    expect(frontier.toBytes()).toEqual(Buffer.concat([k, i, j]));
  });

  it('gives the root of the recursive definition at every size', () => {
    const frontier = new Frontier();
    expect(frontier.root()).toEqual(naiveRoot([]));
    expect(frontier.root()).toEqual(EMPTY_ROOT);
    for (const [index, leaf] of LEAVES.entries()) {
      frontier.append(leaf);
      expect(frontier.size).toBe(index + 1);
      expect(frontier.root()).toEqual(naiveRoot(LEAVES.slice(0, index + 1)));
    }
  });

  it('goes on from its bytes at every size', () => {
    for (let size = 0; size <= 64; size += 1) {
      const restored = new Frontier(size, frontierOf(LEAVES.slice(0, size)).toBytes());
      for (const leaf of LEAVES.slice(size, size + 9)) restored.append(leaf);
      expect(restored.root()).toEqual(naiveRoot(LEAVES.slice(0, size + 9)));
    }
  });

  it('holds sizes beyond 32 bits', () => {
    const size = 2 ** 40 - 1;
    const frontier = new Frontier(size, Buffer.alloc(40 * 32, 1));
    frontier.append(Buffer.alloc(32, 1));
    expect(frontier.size).toBe(2 ** 40);
    expect(frontier.toBytes()).toHaveLength(32);
  });

  it('copies apart', () => {
    const frontier = frontierOf(LEAVES.slice(0, 5));
    const copy = frontier.copy();
    for (const leaf of LEAVES.slice(5, 8)) frontier.append(leaf);
    expect(copy.size).toBe(5);
    expect(copy.root()).toEqual(naiveRoot(LEAVES.slice(0, 5)));
  });

  it.each([
    [3, 32],
    [3, 96],
    [4, 33],
    [0, 32],
    [-1, 0],
    [1.5, 32],
    [2 ** 53, 32],
  ])('refuses size %d with %d bytes', (size, length) => {
    expect(() => new Frontier(size, Buffer.alloc(length))).toThrow(RangeError);
  });
});
