import type { Action } from '../actions';
import { placeFrom } from '../alike/crowd';
import { Partition } from '../alike/partition';

/** One action that the subject may do further, or less far, than before. */
export interface ActionDifference {
  readonly action: Action;
  readonly change: 'GAINED' | 'LOST';
  /** For pipelines: the branch patterns gained or lost; none for every branch. */
  readonly branches: readonly string[];
}

/** A thing on which something changed: at least one action. */
export interface ThingDifference {
  readonly resource: string;
  readonly actions: readonly ActionDifference[];
}

/** What changed between a member or pipeline and a thing. */
export interface PairDifference extends ThingDifference {
  readonly subject: string;
}

/** Things on which the same changed for everybody of one class. */
export interface Block {
  /** Ascending; one list for all blocks that are about the same. */
  readonly crowd: readonly string[];
  readonly partition: Partition;
  /** Which class of the partition. */
  readonly index: number;
  /** How many are in the class. */
  readonly count: number;
  readonly things: readonly ThingDifference[];
}

/** A difference in blocks: each of its pairs is in one of them. */
export type Difference = readonly Block[];

/** How many pairs there are. */
export function pairCount(difference: Difference): number {
  return difference.reduce((sum, { count, things }) => sum + count * things.length, 0);
}

/** How much memory it takes: the lists and places that it holds, about. */
export function differenceSize(difference: Difference): number {
  const crowds = new Set(difference.map(({ crowd }) => crowd));
  const partitions = new Set(difference.map(({ partition }) => partition));
  const things = difference.reduce((sum, block) => sum + block.things.length, 0);
  return (
    things +
    [...crowds].reduce((sum, { length }) => sum + length, 0) +
    [...partitions].reduce((sum, { weight }) => sum + weight, 0)
  );
}

/** Everybody of a block's class, ascending. */
export function membersOf({ crowd, partition, index }: Block): readonly string[] {
  return crowd.filter((_id, place) => partition.classOf(place) === index);
}

/** The block of just these, ascending. */
export function blockOf(crowd: readonly string[], things: readonly ThingDifference[]): Block {
  const partition = Partition.whole(crowd.length);
  return { crowd, partition, index: 0, count: crowd.length, things };
}

/** True if the block is about the member or pipeline. */
export function isAbout({ crowd, partition, index }: Block, id: string): boolean {
  const place = placeFrom(crowd, id);
  return crowd[place] === id && partition.classOf(place) === index;
}
