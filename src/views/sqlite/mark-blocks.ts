import type { Direction, Source } from './meet';

/** What an event can be found by: its type, who caused it, what its data names. */
export type MarkField = 'type' | 'actor' | 'named';

export const FIELD_CODES: Readonly<Record<MarkField, number>> = { type: 0, actor: 1, named: 2 };

/** So many positions share a row, for the place of each in it to fit a byte. */
const BLOCK = 256;

/** The block that a position is in. */
export function blockOf(position: number): number {
  return Math.floor(position / BLOCK);
}

/** The block's first position. */
export function blockStart(block: number): number {
  return block * BLOCK;
}

/** The positions that bear one mark within a block, each by its place there, in order. */
export type BlockRow = readonly [block: number, places: Uint8Array];

/** Finds marked positions block by block, of which the last that was met is at hand. */
export function blockwise(
  direction: Direction,
  seek: (block: number) => BlockRow | undefined,
): Source {
  const forward = direction === 'FORWARD';
  let met: BlockRow | undefined;
  return (from) => {
    const block = blockOf(from);
    if (met?.[0] !== block) met = seek(block);
    if (met?.[0] === block) {
      const sought = from - blockStart(block);
      const place = forward
        ? met[1].find((each) => each >= sought)
        : met[1].findLast((each) => each <= sought);
      if (place !== undefined) return from - sought + place;
      met = seek(forward ? block + 1 : block - 1);
    }
    const nearest = met?.[1].at(forward ? 0 : -1);
    return met === undefined || nearest === undefined ? null : blockStart(met[0]) + nearest;
  };
}
