import type { Client } from './client';
import { table } from './table';

interface Trail {
  readonly auditEvents: {
    readonly nodes: readonly {
      readonly position: number;
      readonly type: string;
      readonly recordedAt: string;
      readonly actor: { readonly kind: string };
      readonly data: Readonly<Record<string, unknown>>;
    }[];
  };
}

const TRAIL = `query ($organizationId: ID!) {
  auditEvents(organizationId: $organizationId, ledger: ACCESS, order: NEWEST_FIRST, first: 100) {
    nodes { position type recordedAt actor { kind } data }
  }
}`;

/** The last events of the access ledger, as an auditor reads them, oldest first. */
export async function auditTrail(
  auditor: Client,
  organizationId: string,
  count: number,
): Promise<string> {
  const { auditEvents } = await auditor.ask<Trail>(TRAIL, { organizationId });
  const rows = auditEvents.nodes
    .slice(0, count)
    .reverse()
    .map(({ position, type, recordedAt, actor, data }) => [
      String(position),
      recordedAt.slice(11, 23),
      actor.kind,
      type,
      Object.entries(data)
        .filter(([name]) => !name.endsWith('Id') && !name.endsWith('Hash') && name !== 'publicKey')
        .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
        .join(' '),
    ]);
  return table(['position', 'time', 'by', 'event', 'data'], rows);
}
