import type { PairDifference } from '../../../src/access/difference/blocks';
import type { Command, Outcome } from '../../../src/commands/protocol';
import { accessPreview, type Preview } from '../../../src/questions/preview';
import type { PlannedChange, RefusedChange } from '../../../src/questions/preview-changes';
import type { MemberCaller } from '../engine';
import { WISH_NAMES } from '../random-commands/random-command';
import { askable } from '../reference/askable';
import { referenceDifference } from '../reference/difference';
import type { Installation } from './installation';
import type { Tally } from './tally';

const NOT_PREVIEWED = ['agentRegister', 'agentDisconnect', 'apiTokenCreate', 'apiTokenRevoke'];

/** The commands that can be previewed. */
export const PREVIEWED = WISH_NAMES.filter((name) => !NOT_PREVIEWED.includes(name));

interface Counts {
  readonly events: number;
  readonly changes: number;
  readonly refused: number;
}

/** What must come of previews. */
export const PREVIEW_OUTCOMES = [
  'a preview that changes something',
  'a preview with cascades',
  'a preview of a gain',
  'a preview of a loss',
  'a preview of branches',
  'a preview of a refusal',
] as const;
type PreviewOutcome = (typeof PREVIEW_OUTCOMES)[number];

/** Compares what previews say with what then happens. */
export class Previews {
  readonly #tally: Tally;

  constructor(tally: Tally) {
    this.#tally = tally;
  }

  /**
   * Previews the commands, carries them out, and expects that those are refused that the preview
   * said, and that what the others change of everybody's access is what it said, as far as the asker
   * may ask: cascades included, and gained and lost alike.
   */
  compare(
    installation: Installation,
    sender: MemberCaller,
    commands: readonly Command[],
  ): readonly Outcome[] {
    const { organizationId } = sender;
    const asker = askerOf(installation, sender);
    const changes = commands.map(({ mutation, input }) => ({ mutation, input }) as PlannedChange);
    const whole = preview(installation, sender, changes);
    const refusedOnes = new Set(whole.refused.map(({ change }) => change));
    const kept = changes.filter((_change, at) => !refusedOnes.has(at + 1));
    const previewed = refusedOnes.size === 0 ? whole : preview(installation, sender, kept);
    const { activity } = installation.ledgersOf(organizationId);

    const outcomes = changes.map((change) => installation.run({ ...change, caller: sender }));
    const refused = outcomes.flatMap((outcome, at) =>
      outcome.kind === 'DONE' ? [] : [{ change: at + 1, outcome }],
    );
    expect(asMade(whole.refused, outcomes).map(told)).toEqual(refused.map(told));
    expect(whole.difference === null).toBe(refused.length > 0);
    expect(previewed.difference).not.toBeNull();
    const { pairs, hiddenCount } = previewed.difference ?? { pairs: [], hiddenCount: 0 };

    const { access } = installation.ledgersOf(organizationId);
    const ledgers = { access, activity };
    const after = { position: access.length, instant: previewed.moment.instant };
    const expected = referenceDifference(ledgers, previewed.moment, after);
    const done = outcomes.filter(({ kind }) => kind === 'DONE');
    const shown = inOrder(asMade(pairs, done));
    const events = access.length - previewed.moment.position;
    this.#count({ events, changes: kept.length, refused: refused.length }, expected);
    // Of the rest nothing is told, not even how much it is.
    const asked = expected.filter(askable(ledgers, asker, previewed.moment, after));
    if (shown.length + hiddenCount !== asked.length) expect({ shown, hiddenCount }).toEqual(asked);
    expect(asked).toEqual(expect.arrayContaining([...shown]));
    return outcomes;
  }

  #count({ events, changes, refused }: Counts, expected: readonly PairDifference[]): void {
    const note = (outcome: PreviewOutcome, happened: boolean): void => {
      if (happened) this.#tally.add(outcome);
    };
    const actions = expected.flatMap((pair) => pair.actions);
    const changing = (change: string): boolean => actions.some((one) => one.change === change);
    this.#tally.add('a preview');
    note('a preview that changes something', expected.length > 0);
    note('a preview with cascades', events > changes && changing('LOST'));
    note('a preview of a gain', changing('GAINED'));
    note('a preview of a loss', changing('LOST'));
    note(
      'a preview of branches',
      actions.some(({ branches }) => branches.length > 0),
    );
    note('a preview of a refusal', refused > 0);
  }
}

/** Who sends, for as long as their token says. */
function askerOf({ queries }: Installation, { organizationId, userId, tokenId }: MemberCaller) {
  const scopes = queries.get(organizationId, 'apiToken', tokenId)?.scopes ?? [];
  return { kind: 'user', id: userId, scopes } as const;
}

/** Every page of a preview, as one. */
function preview(
  installation: Installation,
  sender: MemberCaller,
  changes: readonly PlannedChange[],
): Preview {
  const { queries, now } = installation;
  const { organizationId, userId, tokenId } = sender;
  const by = { organizationId, userId, scopes: askerOf(installation, sender).scopes };
  const ask = (told: Pick<Parameters<typeof accessPreview>[2], 'after' | 'moment'>): Preview =>
    accessPreview({ queries, now }, by, { tokenId, changes, first: 40, ...told });
  let page = ask({ after: null, moment: null });
  const pairs = [...(page.difference?.pairs ?? [])];
  while (page.difference?.hasNextPage === true) {
    page = ask({ after: pairs.at(-1) ?? null, moment: page.moment });
    pairs.push(...(page.difference?.pairs ?? []));
  }
  const { difference } = page;
  return { ...page, difference: difference && { ...difference, pairs } };
}

/** The same with the ids that were really given in place of those that were planned. */
function asMade<T>(planned: T, outcomes: readonly Outcome[]): T {
  const made = new Map<string, string>();
  for (const [at, outcome] of outcomes.entries()) {
    if (outcome.kind !== 'DONE') continue;
    for (const id of Object.values(outcome.ids)) {
      if (id !== null) made.set(`${id.slice(0, 4)}${String(at + 1).padStart(26, '0')}`, id);
    }
  }
  const text = JSON.stringify(planned);
  return JSON.parse(text.replace(/\b[a-z]{3}_\d{26}\b/gu, (id) => made.get(id) ?? id)) as T;
}

/** What is compared of a refusal: what stands in the way, in the order of real ids. */
function told({ change, outcome }: RefusedChange): unknown {
  if (outcome.kind === 'FAULT') return { change, outcome };
  const { usedBy = [], ...refusal } = outcome.refusal;
  return { change, refusal, usedBy: usedBy.map(({ id }) => id).sort() };
}

/** What is compared of the pairs, in the order of the ids that they have by now. */
function inOrder(pairs: readonly PairDifference[]): readonly PairDifference[] {
  return pairs
    .map(({ subject, resource, actions }) => ({
      subject,
      resource,
      actions: actions.map(({ action, change, branches }) => ({ action, change, branches })),
    }))
    .sort((a, b) => (`${a.subject} ${a.resource}` < `${b.subject} ${b.resource}` ? -1 : 1));
}
