import { covers } from '../../access/scopes';
import type { Model, Named, Outcome, Particulars } from '../../expectations/model';
import { Failure, MISUSED } from '../failure';
import { LiveNames, type AskGraphql } from './live-names';

interface SearchAnswer {
  readonly page?: { readonly next_token?: string };
  readonly results: readonly { readonly id?: string; readonly name?: string }[];
}

const TIMEOUT_MS = 30_000;

/** A server as a model: names by its GraphQL lists, answers by its AuthZEN endpoints. */
export function liveModel(server: string, token: string, at: number | null): Model {
  const post = (path: string, body: object): Promise<unknown> => send(server, path, token, body);
  const ask: AskGraphql = async (query, variables) => {
    const answer = (await post('/graphql', { query, variables })) as {
      readonly data?: unknown;
      readonly errors?: readonly { readonly message: string }[];
    };
    const [error] = answer.errors ?? [];
    if (error !== undefined)
      throw new Failure(`${server} answered: ${tellable(error.message, token)}`);
    return answer.data;
  };
  const names = new LiveNames(ask);
  let seesAll: Promise<void> | undefined;
  const contextOf = ({ branch, targetClusterId, ...more }: Particulars): object => {
    const time = more.at ?? at;
    return {
      ...(branch !== undefined && { branch }),
      ...(targetClusterId !== undefined && { targetClusterId }),
      ...(time !== null && { asOf: { time: new Date(time).toISOString() } }),
    };
  };
  const search = async (what: string, body: object): Promise<readonly string[]> => {
    const found: string[] = [];
    let token: string | undefined;
    do {
      const page = token === undefined ? {} : { page: { token } };
      const answer = (await post(`/access/v1/search/${what}`, {
        ...body,
        ...page,
      })) as SearchAnswer;
      found.push(...answer.results.map(({ id, name }) => id ?? name ?? ''));
      token = answer.page?.next_token;
    } while (token !== undefined && token !== '');
    return found;
  };
  return {
    idOf: async (reference) => {
      await (seesAll ??= checkSight(ask));
      return names.idOf(reference);
    },
    check: async (subject, action, resource, more) => {
      const body = {
        subject: entity(subject),
        action: { name: action },
        resource: entity(resource),
      };
      const answer = await post('/access/v1/evaluation', { ...body, context: contextOf(more) });
      return outcomeOf(answer);
    },
    subjects: (type, action, resource, more) =>
      search('subject', {
        subject: { type },
        action: { name: action },
        resource: entity(resource),
        context: contextOf(more),
      }),
    resources: (subject, action, type, more) =>
      search('resource', {
        subject: entity(subject),
        action: { name: action },
        resource: { type },
        context: contextOf(more),
      }),
    actions: (subject, resource, more) =>
      search('action', {
        subject: entity(subject),
        resource: entity(resource),
        context: contextOf(more),
      }),
  };
}

const VIEWER = '{ viewer { scopes member { role } } }';

/** To whoever does not read everything, what is hidden looks denied, and lists end early. */
async function checkSight(ask: AskGraphql): Promise<void> {
  const { viewer } = (await ask(VIEWER, {})) as {
    readonly viewer: {
      readonly scopes: readonly string[];
      readonly member: { readonly role: string } | null;
    };
  };
  const role = viewer.member?.role ?? '';
  if (['ADMIN', 'AUDITOR'].includes(role) && covers(viewer.scopes, 'audit:read')) return;
  const message = 'It takes a token of an ADMIN or AUDITOR, with the scope read.';
  throw new Failure(`${message} To others, what they may not ask about looks denied.`, MISUSED);
}

function entity({ kind, id }: Named): { readonly type: string; readonly id: string } {
  return { type: kind, id };
}

function outcomeOf(answer: unknown): Outcome {
  const { decision, context } = answer as {
    readonly decision: boolean;
    readonly context?: { readonly code?: string };
  };
  return { allowed: decision, code: context?.code ?? (decision ? 'ALLOWED' : 'DENIED') };
}

async function send(server: string, path: string, token: string, body: object): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(new URL(path, server), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: 'error',
    });
  } catch {
    throw new Failure(`No answer from ${server}.`);
  }
  const text = await response.text();
  if (!response.ok) {
    const told = tellable(text, token);
    throw new Failure(`${server} answered ${response.status} to ${path}: ${told}`);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Failure(`${server} is no Palisade server: it answered ${path} with no JSON.`);
  }
}

const TOLD_MAX = 300;

/** What a server said, for a terminal and for the log of a build: it may be any server, or a proxy. */
function tellable(text: string, token: string): string {
  return text
    .replaceAll(token, '…')
    .slice(0, TOLD_MAX)
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ');
}
