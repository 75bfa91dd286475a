import { ClusterGranted, ClusterGrantRevoked } from '../../src/domain/cluster/events';
import type { DomainEvent } from '../../src/domain/event';
import type { GrantId, NewId } from '../../src/domain/id';
import type { BenchOrganization } from './organization';
import { pick, seededRandom } from './random';

/** How many of the passing grants stand at a time. */
const STANDING = 5000;

/**
 * What happens in the years after: people are granted VIEW, and lose it again. It lies in the way of
 * every question about the past, and changes the answer to none that is asked.
 */
export function passTime(
  { users, clusters }: BenchOrganization,
  events: number,
  { newId, record }: { readonly newId: NewId; readonly record: (event: DomainEvent) => void },
): void {
  const random = seededRandom(2);
  const standing: { grantId: GrantId; clusterId: `clu_${string}`; holderId: `usr_${string}` }[] =
    [];
  for (let count = 0; count < events; count += 1) {
    const oldest = standing.length < STANDING ? undefined : standing[count % STANDING];
    if (oldest !== undefined && count % 2 === 1) {
      record(ClusterGrantRevoked.make(oldest));
      standing.splice(count % STANDING, 1);
      continue;
    }
    const grant = {
      grantId: newId('gra'),
      clusterId: pick(clusters, random(clusters.length)).id,
      holderId: pick(users, random(users.length)),
    };
    standing.push(grant);
    record(ClusterGranted.make({ ...grant, level: 'VIEW', expiresAt: null }));
  }
}
