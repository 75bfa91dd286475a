import { attempt } from './fixture';
import type { Tenant } from './tenant';

/** A cluster that a member maintains through a team, and another may only use. */
export async function governed(tenant: Tenant) {
  const clusterId = await tenant.cluster();
  const [by, user] = await Promise.all([tenant.maintainer(clusterId), tenant.user(clusterId)]);
  const attempts = [attempt('who is granted USE', user)];
  return { clusterId, by, user, bare: 'NOT_FOUND' as const, attempts };
}
