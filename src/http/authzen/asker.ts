import type { FastifyRequest } from 'fastify';
import type { Facts, Moment } from '../../access/facts';
import { covers } from '../../access/scopes';
import type { Standpoint } from '../../access/standpoint';
import { AUTHZEN_ACTION } from '../../access/operations';
import type { AskedBy } from '../../questions/questions';
import { FactMeter } from '../../questions/fact-meter';
import type { Queries } from '../../views/queries';
import { AuthzenFault, malformed } from './faults';
import type { Circumstances } from './circumstances';

/** Who sends the request. Throws AuthzenFault for whoever is no member, or lacks the scope. */
export function askerOf({ principal }: Pick<FastifyRequest, 'principal'>): AskedBy {
  if (principal?.kind !== 'MEMBER') throw new AuthzenFault(403, 'Only members may ask this.');
  if (!covers(principal.scopes, AUTHZEN_ACTION)) {
    const message = `The scopes of this API token do not cover ${AUTHZEN_ACTION}.`;
    throw new AuthzenFault(403, message);
  }
  return principal;
}

/** What the questions of one request are answered from: all of one state of the views. */
export class Asker {
  readonly #now: number;
  readonly #head: Moment;
  readonly #asker: Standpoint['asker'];
  readonly #present: Facts;
  readonly #meter = new FactMeter();
  readonly #standpoints = new Map<string, Standpoint>();

  constructor(
    readonly by: AskedBy,
    readonly queries: Queries,
    now: number,
  ) {
    const head = queries.moment(by.organizationId, null, now);
    if (head === 'UNKNOWN_MOMENT') throw new Error('an authenticated caller has no organization');
    this.#now = now;
    this.#head = head;
    this.#asker = { kind: 'user', id: by.userId, scopes: by.scopes };
    this.#present = this.#factsAt(head);
  }

  /** The member, and the facts of today. */
  get present(): Standpoint {
    return { asker: this.#asker, facts: this.#present, present: this.#present };
  }

  /**
   * The same for the moment that the next question is about. Throws AuthzenFault if there is none, or
   * none yet, and QuestionFault where the questions before it read too much.
   */
  standpoint({ asOf, atLeast }: Circumstances): Standpoint {
    this.#meter.begin();
    if (atLeast !== null && atLeast > this.#head.position) {
      throw new AuthzenFault(503, 'This position is not known here yet. Try again in a moment.');
    }
    if (asOf === null) return this.#standpointOf('', () => this.#present);
    const key = 'position' in asOf ? `p${asOf.position}` : `t${asOf.time}`;
    return this.#standpointOf(key, () => {
      const { organizationId } = this.by;
      const moment = this.queries.moment(organizationId, asOf, this.#now);
      if (moment !== 'UNKNOWN_MOMENT') return this.#factsAt(moment);
      throw malformed('context.asOf lies in the future, or before the first event.');
    });
  }

  #factsAt(moment: Moment): Facts {
    const { queries, by } = this;
    return this.#meter.metered(queries.facts(by.organizationId, moment));
  }

  #standpointOf(key: string, factsOf: () => Facts): Standpoint {
    const known = this.#standpoints.get(key);
    if (known !== undefined) return known;
    const made = { asker: this.#asker, facts: factsOf(), present: this.#present };
    this.#standpoints.set(key, made);
    return made;
  }
}
