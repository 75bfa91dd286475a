import type { Person, Tenant } from './tenant';

/** Some day before LATER, and as far away. */
export const BEFORE_LATER = '2198-01-01T00:00:00.000Z';

/** A member who maintains the cluster until before LATER, and may use it for ever. */
export async function passingMaintainer(tenant: Tenant, clusterId: string): Promise<Person> {
  const person = await tenant.user(clusterId);
  const role = { clusterId, userId: person.id, expiresAt: BEFORE_LATER };
  await tenant.admin.do('clusterMaintainerAdd', role);
  return person;
}

/** Such a one who may build a pipeline of the cluster for ever: where it runs, they reach. */
export async function passingBuilder(
  tenant: Tenant,
  clusterId: string,
  pipelineId: string,
): Promise<Person> {
  const person = await passingMaintainer(tenant, clusterId);
  await tenant.grantPipeline(pipelineId, { userId: person.id }, 'BUILD');
  return person;
}

/** A member who manages the pipeline until before LATER. */
export async function passingManager(tenant: Tenant, pipelineId: string): Promise<Person> {
  const person = await tenant.member();
  const grant = { pipelineId, userId: person.id, level: 'MANAGE', expiresAt: BEFORE_LATER };
  await tenant.admin.do('pipelineGrant', grant);
  return person;
}
