import { ACTIONS, type Action } from '../access/actions';
import type { Expectation } from './document-schema';
import { UnknownName, type Model, type Named, type Particulars } from './model';
import { readReference, writeReference, type Reference } from './reference';

/** How one expectation came out; `faults` is empty if it holds. */
export interface Verdict {
  readonly name: string;
  readonly faults: readonly string[];
}

const UNKNOWN =
  'expected it to be denied, but it is unknown (NOT_FOUND): state `code: NOT_FOUND` if that is meant';

interface About {
  readonly branch?: string;
  readonly target?: string | null;
}

/** Puts one expectation to the model. A name that leads to nothing is a fault of the expectation. */
export async function judge(test: Expectation, model: Model): Promise<Verdict> {
  const name = test.name ?? sentenceOf(test);
  try {
    return { name, faults: await faultsOf(test, model) };
  } catch (error) {
    if (!(error instanceof UnknownName)) throw error;
    return { name, faults: [error.message] };
  }
}

async function faultsOf(test: Expectation, model: Model): Promise<readonly string[]> {
  if ('allowed' in test) return checkFaults(test.allowed, test.at, model, true);
  if ('denied' in test) return checkFaults(test.denied, test.at, model, false);
  if ('subjects' in test) {
    const { type = 'user', action, resource } = test.subjects;
    const more = await particulars(test.subjects, test.at, model);
    const about = await findFor(action, resource, model);
    const found = await model.subjects(type, action, about, more);
    return listFaults(test.are, found, model);
  }
  if ('resources' in test) {
    const { subject, action } = test.resources;
    const more = await particulars(test.resources, test.at, model);
    const kind = ACTIONS[action];
    const found = await model.resources(await find(subject, model), action, kind, more);
    return listFaults(test.are, found, model);
  }
  const { subject, resource } = test.actions;
  const more = await particulars(test.actions, test.at, model);
  const found = await model.actions(await find(subject, model), await find(resource, model), more);
  return differences(new Map(test.are.map((action) => [action, action])), found);
}

async function checkFaults(
  asked: About & {
    readonly subject: string;
    readonly action: Action;
    readonly resource: string;
    readonly code?: string;
  },
  at: string | undefined,
  model: Model,
  expected: boolean,
): Promise<readonly string[]> {
  const more = await particulars(asked, at, model);
  const subject = await find(asked.subject, model);
  const resource = await findFor(asked.action, asked.resource, model);
  const { allowed, code } = await model.check(subject, asked.action, resource, more);
  if (allowed !== expected) {
    const words = (yes: boolean): string => (yes ? 'allowed' : 'denied');
    return [`expected it to be ${words(expected)}, but it is ${words(allowed)} (${code})`];
  }
  if (asked.code === undefined) {
    // Whoever sees too little, or misspells an id, would have every denial hold.
    return code === 'NOT_FOUND' ? [UNKNOWN] : [];
  }
  if (asked.code === code) return [];
  return [`expected ${asked.code}, but the answer is ${code}`];
}

async function particulars(
  { branch, target }: About,
  at: string | undefined,
  model: Model,
): Promise<Particulars> {
  return {
    ...(branch !== undefined && { branch }),
    ...(target !== undefined && {
      targetClusterId: target === null ? null : (await find(target, model)).id,
    }),
    ...(at !== undefined && { at: Date.parse(at) }),
  };
}

async function find(text: string, model: Model): Promise<Named> {
  const reference: Reference = readReference(text);
  return { kind: reference.kind, id: await model.idOf(reference) };
}

/** The same for what the action is done on. Throws UnknownName if it is not about such things. */
async function findFor(action: Action, text: string, model: Model): Promise<Named> {
  const kind = ACTIONS[action];
  const found = await find(text, model);
  if (kind === 'any' || kind === found.kind) return found;
  throw new UnknownName(`${action} is about a thing of kind ${kind}, not ${text}`);
}

async function listFaults(
  expected: readonly string[],
  found: readonly string[],
  model: Model,
): Promise<readonly string[]> {
  const names = new Map<string, string>();
  for (const text of expected) names.set((await find(text, model)).id, text);
  return differences(names, found);
}

/** What is expected, by id, and what was found. */
function differences(
  expected: ReadonlyMap<string, string>,
  found: readonly string[],
): readonly string[] {
  const present = new Set(found);
  const missing = [...expected].filter(([id]) => !present.has(id)).map(([, name]) => name);
  const extra = found.filter((id) => !expected.has(id));
  return [
    ...missing.map((name) => `expected ${name}, which is not in the answer`),
    ...extra.map((id) => `the answer has ${id}, which is not expected`),
  ];
}

function sentenceOf(test: Expectation): string {
  if ('allowed' in test) return `${sentence(test.allowed)} is allowed`;
  if ('denied' in test) return `${sentence(test.denied)} is denied`;
  if ('subjects' in test) return `who has ${test.subjects.action} on ${test.subjects.resource}`;
  if ('resources' in test) return `on what ${test.resources.subject} has ${test.resources.action}`;
  return `what ${test.actions.subject} may do on ${test.actions.resource}`;
}

function sentence({
  subject,
  action,
  resource,
}: Record<'subject' | 'action' | 'resource', string>) {
  return `${subject} ${action} ${writeReference(readReference(resource))}`;
}
