import type { ServerProcess } from '../server-process';
import { gql } from '../server-process';

/** Teams made one after another by several clients at once, until it is stopped. */
export interface WriteLoad {
  /** The slugs of all teams that the server acknowledged so far. */
  readonly acknowledged: () => readonly string[];
  /** Resolves once at least this many more were acknowledged. */
  readonly progress: (more: number) => Promise<void>;
  /** Resolves once every client has its last answer. Rejects if one was no acknowledgement. */
  readonly stop: () => Promise<void>;
}

const CREATE = `mutation ($input: TeamCreateInput!) {
  teamCreate(input: $input) { team { id } userErrors { code } }
}`;

/** Starts to write to a server as its ADMIN. */
export function startWriteLoad(server: ServerProcess, prefix: string, clients = 4): WriteLoad {
  const acknowledged: string[] = [];
  let stopped = false;
  const client = async (number: number): Promise<void> => {
    for (let count = 0; !stopped; count += 1) {
      const slug = `${prefix}-${number}-${count}`;
      const input = { organizationId: server.organizationId, slug, name: slug };
      const { data, errors } = await gql(server.url, server.adminToken, CREATE, { input });
      if (typeof data?.teamCreate?.team?.id !== 'string') {
        throw new Error(`not acknowledged: ${JSON.stringify({ data, errors })}`);
      }
      acknowledged.push(slug);
    }
  };
  const clientsDone = Promise.all(Array.from({ length: clients }, (_none, n) => client(n)));
  // Told by `stop`; until then a failure is nobody's unhandled rejection.
  clientsDone.catch(() => undefined);
  return {
    acknowledged: () => [...acknowledged],
    progress: async (more) => {
      const goal = acknowledged.length + more;
      const enough = async (): Promise<void> => {
        while (acknowledged.length < goal) await new Promise((done) => setTimeout(done, 10));
      };
      await Promise.race([enough(), clientsDone]);
    },
    stop: async () => {
      stopped = true;
      await clientsDone;
    },
  };
}

/** The slugs of all teams of the server's organization. */
export async function teamSlugs(server: ServerProcess): Promise<readonly string[]> {
  const slugs: string[] = [];
  let after: string | null = null;
  do {
    const text = `query ($after: String) { organization(id: "${server.organizationId}") {
      teams(first: 100, after: $after) { nodes { slug } pageInfo { hasNextPage endCursor } } } }`;
    const { data } = await gql(server.url, server.adminToken, text, { after });
    const { nodes, pageInfo } = data.organization.teams;
    for (const { slug } of nodes) slugs.push(slug);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return slugs;
}
