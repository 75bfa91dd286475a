import type { Client } from './client';
import { table } from './table';

interface ReachNode {
  readonly user: { readonly name: string } | null;
  readonly ways: readonly { readonly rule: string }[];
}

interface ReachPage {
  readonly accessSubjects: {
    readonly nodes: readonly ReachNode[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const WHO_REACHES = `query ($resourceId: ID!, $after: String) {
  accessSubjects(action: "cluster:reach", resourceId: $resourceId, first: 100, after: $after) {
    nodes { user { name } ways { rule } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** Asks the server who reaches a cluster, every way in, and sets the answer as a table. */
export async function reachTable(asker: Client, clusterId: string): Promise<string> {
  const rows: string[][] = [];
  let after: string | null = null;
  do {
    const page: ReachPage = await asker.ask<ReachPage>(WHO_REACHES, {
      resourceId: clusterId,
      after,
    });
    const { nodes, pageInfo } = page.accessSubjects;
    for (const { user, ways } of nodes) {
      const rules = [...new Set(ways.map(({ rule }) => rule))];
      rows.push([user?.name ?? '(hidden)', rules.join(' / ')]);
    }
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return table(['who reaches it', 'because'], rows);
}
