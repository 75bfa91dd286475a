import { ID_PREFIXES, idPattern } from '../../../src/domain/id';

/** A value of JSON. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
type JsonObject = { readonly [name: string]: Json };

/** A name that a guide shows for what every server makes anew, and what that looks like. */
interface Kind {
  readonly shown: RegExp;
  readonly real: RegExp;
  /** True if several names may stand for one real thing. */
  readonly shared: boolean;
}

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/u.source;

const KINDS: readonly Kind[] = [
  ...ID_PREFIXES.map((prefix) => kind(`${prefix}_[a-z-]+`, idPattern(prefix))),
  kind('plsd_[a-z-]+', 'plsd_[0-9A-Za-z]{49}'),
  kind('cursor-[a-z-]+', '[\\w-]{60,}'),
  kind('request-[a-z-]+', '[0-9a-f-]{36}'),
  // Two events may be recorded in one millisecond.
  { ...kind(TIME, TIME), shared: true },
];

function kind(shown: string, real: string): Kind {
  const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`, 'u');
  return { shown: whole(shown), real: whole(real), shared: false };
}

/** Every text in a request that may be a stand-in. */
const CANDIDATE = new RegExp(`\\b(?:[a-z]+[_-][a-z-]+\\b|${TIME})`, 'gu');

/**
 * What the names of a guide stand for. Each is bound where it is first seen in an answer, and stands
 * for the same thing from there on.
 */
export class StandIns {
  readonly #real: Map<string, string>;

  /** @param known what was known before the guide begins. */
  constructor(known: Readonly<Record<string, string>>) {
    this.#real = new Map(Object.entries(known));
  }

  /** The text with what its names stand for. Throws for a name that no answer has shown. */
  fill(text: string): string {
    return text.replace(CANDIDATE, (name) => {
      const found = kindOf(name);
      if (found === undefined) return name;
      const real = this.#real.get(name);
      if (real === undefined) throw new Error(`no answer above has shown ${name}`);
      return real;
    });
  }

  /**
   * An answer in the words of the guide: equal to what is shown if and only if it is as shown. Binds
   * the names that are shown here for the first time.
   */
  inTheGuidesWords(answer: Json, shown: Json | undefined): Json {
    if (typeof answer === 'string') return this.#name(answer, shown);
    if (Array.isArray(answer)) {
      const items = Array.isArray(shown) ? (shown as readonly Json[]) : [];
      return (answer as readonly Json[]).map((item, at) => this.inTheGuidesWords(item, items[at]));
    }
    if (!isObject(answer)) return answer;
    const members = isObject(shown) ? shown : {};
    return Object.fromEntries(
      Object.entries(answer).map(([name, value]) => [
        name,
        this.inTheGuidesWords(value, members[name]),
      ]),
    );
  }

  #name(real: string, shown: Json | undefined): string {
    if (typeof shown === 'string' && !this.#real.has(shown)) this.#bind(shown, real);
    if (typeof shown === 'string' && this.#real.get(shown) === real) return shown;
    return this.#nameOf(real) ?? real;
  }

  #bind(shown: string, real: string): void {
    const found = kindOf(shown);
    if (found?.real.test(real) !== true) return;
    if (found.shared || this.#nameOf(real) === undefined) this.#real.set(shown, real);
  }

  #nameOf(real: string): string | undefined {
    for (const [shown, bound] of this.#real) if (bound === real) return shown;
    return undefined;
  }
}

function kindOf(name: string): Kind | undefined {
  return KINDS.find(({ shown }) => shown.test(name));
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
