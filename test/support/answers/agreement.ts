import { ACTION_NAMES, type Action } from '../../../src/access/actions';
import { decide } from '../../../src/access/engine';
import type { Fact, Facts } from '../../../src/access/facts';
import { hasResources } from '../../../src/access/lists/ask';
import { actionsOf, resourcesOf, subjectKindOf, subjectsOf } from '../../../src/access/lists/lists';
import type { Principal, Question } from '../../../src/access/question';
import type { WayGroup } from '../../../src/access/way-group';
import { waysIn } from '../../../src/access/ways-in';
import type { Draw } from '../random-commands/draw';
import { ReferenceAccess } from '../reference/access';
import type { ReferenceOrganization } from '../reference/organization';
import { referenceWaysOfReach } from '../reference/ways';
import type { Tally } from './tally';
import { question, type Universe } from './universe';

/** Reach and building come often: they follow from most. */
const ASKED: readonly Action[] = [
  ...ACTION_NAMES,
  ...(['queue:reach', 'queue:reach', 'cluster:reach', 'cluster:reach', 'queue:run'] as const),
  ...(['queue:run', 'queue:run', 'agent:run', 'agent:run', 'agent:run'] as const),
  ...(['pipeline:build', 'pipeline:create', 'pipeline:move'] as const),
];

/** What other principals than members are for. */
const OWN: Readonly<Record<Exclude<Principal['kind'], 'user'>, readonly [Action, ...Action[]]>> = {
  pipeline: ['queue:run', 'agent:run'],
  agentKey: ['agent:register'],
  agent: ['agent:session'],
  installation: ['organization:create'],
  host: ['api-token:create'],
};

/** One moment of one organization: the facts of the engine, and what the reference makes of it. */
export interface Scene {
  /** Facts of the moment, had in several ways. */
  readonly facts: readonly [Facts, ...Facts[]];
  readonly organization: ReferenceOrganization;
  readonly universe: Universe;
  readonly draw: Draw;
  readonly tally: Tally;
}

/** Expects that lists, checks, ways and the reference say the same at the moment. */
export class Agreement {
  readonly #scene: Scene;
  readonly #reference: ReferenceAccess;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#reference = new ReferenceAccess(scene.organization);
  }

  /** Asks about so many lists of each side, drawn at random, and each of their items. */
  lists(count: number): void {
    for (let n = 0; n < count; n += 1) {
      this.#subjects();
      this.#resources();
      this.#actions();
    }
  }

  /** Who can: on a thing, everybody. */
  #subjects(): void {
    const { facts, universe, draw } = this.#scene;
    const ask = universe.words(draw.of(ASKED), draw);
    const resource = universe.resource(ask.action, draw);
    const kind = subjectKindOf(facts[0], ask.action);
    const expected = universe
      .principals(kind)
      .filter((principal) => this.#check(question(ask, principal, resource)))
      .map(idOf);
    for (const world of facts) {
      const found = subjectsOf(world, kind, resource, ask);
      if (found.join() !== expected.join()) {
        expect({ resource, ...ask, found }).toEqual({ resource, ...ask, found: expected });
      }
    }
  }

  /** What can one do: something, on everything. */
  #resources(): void {
    const { facts, universe, draw } = this.#scene;
    const principal = universe.principal(draw);
    const ask = universe.words(actionFor(principal, draw), draw);
    if (!hasResources(ask.action)) return;
    const expected = universe
      .resources(ask.action, draw)
      .filter((resource) => this.#check(question(ask, principal, resource)));
    for (const world of facts) {
      const found = resourcesOf(world, principal, ask);
      if (found.join() !== expected.join()) {
        expect({ principal, ...ask, found }).toEqual({ principal, ...ask, found: expected });
      }
    }
  }

  /** What can one do: everything, on something. */
  #actions(): void {
    const { facts, universe, draw } = this.#scene;
    const principal = universe.principal(draw);
    const { action: drawn, ...words } = universe.words(actionFor(principal, draw), draw);
    const resource = universe.resource(drawn, draw);
    const expected = ACTION_NAMES.filter((action) =>
      this.#check(question({ action, ...words }, principal, resource)),
    );
    for (const world of facts) {
      const found = actionsOf(world, principal, resource, words);
      if (found.join() !== expected.join()) {
        expect({ principal, resource, words, found }).toEqual({ found: expected });
      }
    }
  }

  /** What may agents do, and who may run on them: chance alone would seldom ask about a live one. */
  agents(): void {
    const { universe, draw } = this.#scene;
    const agents = universe.agents();
    for (const agent of agents) {
      this.#check({ principal: agent, action: 'agent:session', resource: agent.id });
    }
    const ask = universe.words('agent:run', draw);
    const { id } = draw.of(agents);
    for (const pipeline of universe.principals('pipeline'))
      this.#check(question(ask, pipeline, id));
  }

  /** Expects every way in which anybody reaches a queue or a cluster, drawn at random. */
  ways(): void {
    const { facts, organization, universe, draw, tally } = this.#scene;
    const action = draw.once(3) ? 'cluster:reach' : 'queue:reach';
    const resource = universe.resource(action, draw);
    const questions = universe
      .principals('user')
      .map((principal) => ({ principal, action, resource }) as const);
    const all = waysIn(facts[0], questions);
    for (const [at, asked] of questions.entries()) {
      const expected = referenceWaysOfReach(organization, idOf(asked.principal), resource);
      const { groups = [], wayCount = 0 } = all[at] ?? {};
      const written = groups.flatMap(writtenOut).sort();
      const allowed = this.#check(asked);
      const agrees = written.join() === expected.join() && wayCount === expected.length;
      if (!agrees || allowed !== expected.length > 0) {
        expect({ asked, allowed, wayCount, written }).toEqual({ asked, written: expected });
      }
      tally.add('a way', expected.length);
      for (const { kind } of groups) tally.add(`a way that ${kind}`);
    }
  }

  /** Whether it is allowed, as everybody says. */
  #check(asked: Question): boolean {
    const { facts, tally } = this.#scene;
    const expected = this.#reference.answer(asked);
    for (const world of facts) {
      const { code, allowed } = decide(world, asked);
      if (code !== expected || allowed !== (code === 'ALLOWED')) {
        expect({ asked, moment: world.moment, code }).toEqual({ asked, code: expected });
      }
    }
    tally.add('a check');
    tally.add(expected);
    if (expected === 'ALLOWED') tally.add(`${asked.principal.kind} ${asked.action}`);
    return expected === 'ALLOWED';
  }
}

function actionFor({ kind }: Principal, draw: Draw): Action {
  return draw.of(kind === 'user' || draw.once(4) ? ASKED : OWN[kind]);
}

function idOf(principal: Principal): string {
  return 'id' in principal ? principal.id : '';
}

/** Each way that a group stands for, as the ids of what its facts belong to. */
function writtenOut({ always, parts }: WayGroup): readonly string[] {
  const ways = parts.reduce<readonly (readonly Fact[])[]>(
    (before, { alternatives }) =>
      before.flatMap((facts) => alternatives.map((chosen) => [...facts, ...chosen.facts])),
    [always],
  );
  return ways.map((way) => [...new Set(way.map(({ source }) => source))].sort().join(' '));
}
