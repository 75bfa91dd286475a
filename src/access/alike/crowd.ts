import { prefixOf } from '../existence';
import type { Facts } from '../facts';
import { Partition } from './partition';

/** Members or pipelines by their places, and what the facts of each side say of them. */
export class Crowd {
  /** Ascending, each once: an id's place is its index. */
  readonly ids: readonly string[];
  readonly #sides: readonly Facts[];
  readonly #teams = new Map<Facts, ReadonlyMap<string, InTeam>>();
  #standing: Partition | undefined;

  /** @param ids of one kind, ascending, each once */
  constructor(ids: readonly string[], sides: readonly Facts[]) {
    this.ids = ids;
    this.#sides = sides;
  }

  /** Members by their roles, pipelines by where they are, on every side: what all rules read. */
  standing(): Partition {
    this.#standing ??= this.#sides
      .flatMap((facts) => this.#keys(facts))
      .reduce(
        (partition, keyOf) => partition.splitBy((place) => keyOf(this.ids[place] ?? '')),
        Partition.whole(this.ids.length),
      );
    return this.#standing;
  }

  /** The places of those who are a holder, or in one. Null if these are all that there are. */
  heldBy(facts: Facts, holders: readonly string[]): readonly number[] | null {
    const found: (readonly number[])[] = [];
    for (const holder of holders) {
      const places =
        prefixOf(holder) === 'tea'
          ? (this.#teamsOn(facts).get(holder)?.all ?? [])
          : this.#placesOf(holder);
      if (places.length === this.ids.length) return null;
      if (places.length > 0) found.push(places);
    }
    return found.flat();
  }

  /** The places of the team's maintainers. */
  maintaining(facts: Facts, teamId: string): readonly number[] {
    return this.#teamsOn(facts).get(teamId)?.maintainers ?? [];
  }

  #placesOf(id: string): readonly number[] {
    const place = placeFrom(this.ids, id);
    return this.ids[place] === id ? [place] : [];
  }

  #keys(facts: Facts): readonly ((id: string) => string)[] {
    if (prefixOf(this.ids[0] ?? '') === 'pip') {
      return [
        (id) => facts.of(id, 'pipelineCluster')[0]?.object ?? '',
        (id) => String(facts.of(id, 'pipelineArchived').length),
      ];
    }
    return [(id) => facts.between(id, 'member', facts.organizationId)[0]?.level ?? ''];
  }

  #teamsOn(facts: Facts): ReadonlyMap<string, InTeam> {
    const known = this.#teams.get(facts);
    if (known !== undefined) return known;
    const teams = new Map<string, { all: number[]; maintainers: number[] }>();
    for (const [place, id] of this.ids.entries()) {
      for (const { object, level } of facts.of(id, 'teamMember')) {
        const team = teams.get(object) ?? { all: [], maintainers: [] };
        teams.set(object, team);
        if (team.all.at(-1) !== place) team.all.push(place);
        if (level === 'MAINTAINER') team.maintainers.push(place);
      }
    }
    this.#teams.set(facts, teams);
    return teams;
  }
}

/** The places of those who are in a team. */
interface InTeam {
  readonly all: readonly number[];
  readonly maintainers: readonly number[];
}

/** The first place of ascending ids whose id is not before this one; their number if none is. */
export function placeFrom(ids: readonly string[], id: string): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] ?? '') < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
