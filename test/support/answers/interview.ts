import type { OrganizationId } from '../../../src/domain/id';
import { rememberedFacts } from '../../../src/access/remembered-facts';
import { factsAt } from '../access/facts-of-history';
import { occurrencesIn } from '../access/occurrences';
import type { MemberCaller } from '../engine';
import { Draw } from '../random-commands/draw';
import { ReferenceOrganization } from '../reference/organization';
import { Agreement } from './agreement';
import { Denials, type Denied } from './denials';
import type { Installation } from './installation';
import { PAUSE_MS } from './life';
import { momentsOf } from './moments';
import type { Tally } from './tally';
import { Universe } from './universe';

const LISTS = 2;
const DENIALS = 2;

/** Asks organizations about access, at several moments of their lives. */
export class Interview {
  readonly #installation: Installation;
  readonly #tally: Tally;
  readonly #denials: Denials;
  readonly #everyDenialOf: number;
  #asked = 0;
  /** Ids of the organization that was asked before. */
  #foreign: readonly string[] = [];

  /** Looks into every denial of one in `everyDenialOf` organizations, and into a few of the others. */
  constructor(installation: Installation, tally: Tally, everyDenialOf: number) {
    this.#installation = installation;
    this.#tally = tally;
    this.#everyDenialOf = everyDenialOf;
    this.#denials = new Denials(installation, tally);
  }

  /** Expects that all answers agree with one another and with the reference. */
  ask(organizationId: OrganizationId, seed: number): void {
    const installation = this.#installation;
    const { queries } = installation;
    const draw = new Draw(seed);
    installation.now += draw.below(6) * PAUSE_MS;
    const admin = this.#admin(organizationId);
    const { now } = installation;
    const ledgers = installation.ledgersOf(organizationId);
    const history = { organizationId, ...ledgers };
    const seen = new Set<string>();
    for (const { asOf, moment } of momentsOf(ledgers, now, draw)) {
      const resolved = queries.moment(organizationId, asOf, now);
      if (JSON.stringify(resolved) !== JSON.stringify(moment)) expect(resolved).toEqual(moment);
      const organization = new ReferenceOrganization(ledgers.access, ledgers.activity, moment);
      const universe = new Universe(ledgers, organization, this.#foreign);
      const facts = rememberedFacts(queries.facts(organizationId, moment));
      // Of the past, also as a world is that was rebuilt up to then.
      const rebuilt = asOf === null ? [] : [factsAt(history, moment)];
      const scene = { facts: [facts, ...rebuilt], organization, universe, draw } as const;
      const agreement = new Agreement({ ...scene, tally: this.#tally });
      agreement.lists(LISTS);
      agreement.ways();
      agreement.agents();
      if (asOf === null) this.#lookIntoDenials({ facts, organization, admin, draw });
      for (const occurrence of occurrencesIn(history, moment)) seen.add(occurrence);
      this.#tally.add('a moment');
    }
    for (const occurrence of seen) this.#tally.add(occurrence);
    const last = new ReferenceOrganization(ledgers.access, [], {
      position: Infinity,
      instant: now,
    });
    this.#foreign = ['member', 'team', 'cluster', 'queue', 'pipeline'].flatMap((kind) =>
      last
        .all(kind)
        .slice(0, 1)
        .map(({ id }) => id),
    );
    this.#tally.add('an organization');
  }

  #lookIntoDenials(denied: Denied): void {
    this.#asked += 1;
    if (this.#asked % this.#everyDenialOf === 0) this.#denials.compareAll(denied);
    else this.#denials.compareSome(denied, DENIALS);
  }

  /** An ADMIN with a fresh token, made on the host. */
  #admin(organizationId: OrganizationId): MemberCaller {
    const world = this.#installation.queries.world(organizationId, this.#installation.now);
    const userId = world?.facts.on(organizationId, 'member', 'ADMIN')[0]?.subject;
    const outcome = this.#installation.run({
      mutation: 'apiTokenCreate',
      caller: { kind: 'HOST', organizationId },
      input: { userId, scopes: ['read', 'write'] },
    });
    if (outcome.kind !== 'DONE') throw new Error(JSON.stringify(outcome));
    return { kind: 'MEMBER', organizationId, ...outcome.ids } as MemberCaller;
  }
}
