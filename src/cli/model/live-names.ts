import { UnknownName } from '../../expectations/model';
import { writeReference, type Reference } from '../../expectations/reference';

/** Asks the server in GraphQL; throws Failure for any error. */
export type AskGraphql = (query: string, variables: object) => Promise<unknown>;

interface Row {
  readonly id: string;
  readonly slug?: string;
  readonly key?: string;
  readonly name?: string;
  readonly email?: string | null;
}

interface Page {
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const ID = /^(?:org|usr|tea|clu|que|pip)_[0-9a-hjkmnp-tv-z]{26}$/u;
const PREFIXES: Readonly<Record<Reference['kind'], string>> = {
  user: 'usr',
  team: 'tea',
  cluster: 'clu',
  queue: 'que',
  pipeline: 'pip',
  organization: 'org',
};
const PAGE = 'pageInfo { hasNextPage endCursor }';
const list = (field: string, columns: string): string =>
  `query ($after: String) { viewer { organization { list: ${field}(first: 100, after: $after) {
    nodes { id ${columns} } ${PAGE} } } } }`;

const LISTS = {
  user: list('members', 'name email'),
  team: list('teams', 'slug'),
  cluster: list('clusters', 'slug'),
  pipeline: list('pipelines', 'slug'),
} as const;
const QUEUES = `query ($id: ID!, $after: String) { node(id: $id) { ... on Cluster {
  list: queues(first: 100, after: $after) { nodes { id key } ${PAGE} } } } }`;

/**
 * The ids of what files name, as the server's own lists have them, read once for each kind: members
 * by e-mail address, else by a name that only one of them has; everything else by slug or key.
 */
export class LiveNames {
  readonly #ask: AskGraphql;
  readonly #lists = new Map<string, Promise<readonly Row[]>>();

  constructor(ask: AskGraphql) {
    this.#ask = ask;
  }

  /** Throws UnknownName. */
  async idOf(reference: Reference): Promise<string> {
    const { kind, name } = reference;
    if (ID.test(name)) {
      if (name.startsWith(PREFIXES[kind])) return name;
      throw new UnknownName(`${writeReference(reference)} is the id of something else`);
    }
    switch (kind) {
      case 'organization':
        return this.#organization();
      case 'user':
        return this.#user(reference);
      case 'queue':
        return this.#queue(reference);
      default: {
        const rows = await this.#rows(kind, LISTS[kind], {});
        return idIn(rows, ({ slug }) => slug === name, reference);
      }
    }
  }

  async #organization(): Promise<string> {
    const data = await this.#ask('{ viewer { organization { id } } }', {});
    return (data as { viewer: { organization: { id: string } } }).viewer.organization.id;
  }

  async #user(reference: Reference): Promise<string> {
    const { name } = reference;
    const rows = await this.#rows('user', LISTS.user, {});
    const byEmail = rows.find(({ email }) => email?.toLowerCase() === name.toLowerCase());
    return byEmail?.id ?? idIn(rows, (row) => row.name === name, reference);
  }

  async #queue(reference: Reference): Promise<string> {
    const at = reference.name.indexOf('/');
    const cluster = { kind: 'cluster', name: reference.name.slice(0, at) } as const;
    const id = await this.idOf(cluster);
    const rows = await this.#rows(`queue ${id}`, QUEUES, { id });
    return idIn(rows, ({ key }) => key === reference.name.slice(at + 1), reference);
  }

  #rows(name: string, query: string, variables: object): Promise<readonly Row[]> {
    const known = this.#lists.get(name) ?? this.#read(query, variables);
    this.#lists.set(name, known);
    return known;
  }

  async #read(query: string, variables: object): Promise<readonly Row[]> {
    const rows: Row[] = [];
    let after: string | null = null;
    for (;;) {
      const data = (await this.#ask(query, { ...variables, after })) as {
        readonly viewer?: { readonly organization: { readonly list: Page } };
        readonly node?: { readonly list: Page } | null;
      };
      const page = data.viewer?.organization.list ?? data.node?.list;
      if (page === undefined) return rows;
      rows.push(...page.nodes);
      if (!page.pageInfo.hasNextPage) return rows;
      after = page.pageInfo.endCursor;
    }
  }
}

function idIn(rows: readonly Row[], matches: (row: Row) => boolean, reference: Reference): string {
  const [first, second] = rows.filter(matches);
  const name = writeReference(reference);
  if (first === undefined) throw new UnknownName(`the server shows no ${name}`);
  if (second !== undefined) throw new UnknownName(`more than one is called ${name}: use an id`);
  return first.id;
}
