import type { Client } from './client';
import { table } from './table';

interface ReachNode {
  readonly subject: { readonly name?: string } | null;
  readonly ways: {
    readonly groups: readonly { readonly kind: string; readonly wayCount: number }[];
  };
}

interface ReachPage {
  readonly accessSubjects: {
    readonly nodes: readonly ReachNode[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const WHO_REACHES = `query ($resourceId: ID!, $after: String) {
  accessSubjects(action: "cluster:reach", resourceId: $resourceId, first: 100, after: $after) {
    nodes { subject { ... on Member { name } } ways { groups { kind wayCount } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** What the kinds of ways are called for people. */
const WORDS: Readonly<Record<string, string>> = {
  ADMIN: 'is ADMIN',
  MAINTAINS: 'maintains the cluster',
  CREATES: 'creates a pipeline',
  BUILDS: 'builds a pipeline',
};

/** Asks the server who reaches a cluster and how, and sets the answer as a table. */
export async function reachTable(asker: Client, clusterId: string): Promise<string> {
  const rows: string[][] = [];
  let after: string | null = null;
  do {
    const page: ReachPage = await asker.ask<ReachPage>(WHO_REACHES, {
      resourceId: clusterId,
      after,
    });
    const { nodes, pageInfo } = page.accessSubjects;
    for (const { subject, ways } of nodes) {
      const kinds = ways.groups.map(({ kind, wayCount }) => `${WORDS[kind] ?? kind} (${wayCount})`);
      rows.push([subject?.name ?? '(hidden)', [...new Set(kinds)].join(' / ')]);
    }
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return table(['who reaches it', 'how (ways)'], rows);
}
