import type { MutationName } from '../../src/access/operations';
import type { Caller, Commands, Done } from '../../src/commands/protocol';
import type { ApiTokenId, OrganizationId, UserId } from '../../src/domain/id';

const USERS = 6000;
const CLUSTERS = 16;

/** A maintainer of one cluster and nothing else: the caller of the measured grants. */
interface Maintainer {
  readonly caller: Caller;
  readonly clusterId: string;
}

export interface BenchOrganization {
  readonly organizationId: OrganizationId;
  /** The access ledger's position once it was founded. */
  readonly position: number;
  /** The next grant that nobody has made yet. */
  readonly nextGrant: () => { readonly caller: Caller; readonly input: Record<string, unknown> };
}

/** Sends one command and insists that it is done. */
export async function must(
  commands: Commands,
  caller: Caller,
  mutation: MutationName,
  input: Readonly<Record<string, unknown>>,
): Promise<Done> {
  const outcome = await commands.submit({
    mutation,
    caller,
    input,
    idempotencyKey: null,
    correlationId: 'bench',
  });
  if (outcome.kind !== 'DONE') throw new Error(`${mutation}: ${JSON.stringify(outcome)}`);
  return outcome;
}

/** Founds an organization with clusters, a maintainer of each, and many members to grant to. */
export async function foundOrganization(commands: Commands): Promise<BenchOrganization> {
  const founded = await must(commands, { kind: 'INSTALLATION' }, 'organizationCreate', {
    slug: 'bench',
    name: 'Bench',
    adminName: 'Admin',
  });
  const organizationId = founded.ids['organizationId'] as OrganizationId;
  const admin: Caller = {
    kind: 'MEMBER',
    organizationId,
    userId: founded.ids['userId'] as UserId,
    tokenId: founded.ids['tokenId'] as ApiTokenId,
  };
  const member = async (name: string): Promise<UserId> => {
    const input = { organizationId, name, role: 'MEMBER', kind: 'SERVICE' };
    const done = await must(commands, admin, 'organizationMemberAdd', input);
    return done.ids['userId'] as UserId;
  };
  const maintainer = async (index: number): Promise<Maintainer> => {
    const userId = await member(`Maintainer ${String(index)}`);
    const token = await must(commands, admin, 'apiTokenCreate', { userId, scopes: ['write'] });
    const cluster = await must(commands, admin, 'clusterCreate', {
      organizationId,
      slug: `cluster-${String(index)}`,
      name: `Cluster ${String(index)}`,
    });
    const clusterId = cluster.ids['clusterId'] ?? '';
    await must(commands, admin, 'clusterMaintainerAdd', { clusterId, userId });
    const tokenId = token.ids['tokenId'] as ApiTokenId;
    return { caller: { kind: 'MEMBER', organizationId, userId, tokenId }, clusterId };
  };
  const maintainers = await Promise.all(Array.from({ length: CLUSTERS }, (_, i) => maintainer(i)));
  const users: UserId[] = [];

  while (users.length < USERS) {
    const some = Array.from({ length: 100 }, (_, i) => member(`User ${String(users.length + i)}`));
    users.push(...(await Promise.all(some)));
  }
  const rename = { organizationId, name: 'Bench, founded' };
  const { position } = await must(commands, admin, 'organizationUpdate', rename);
  let count = 0;
  return {
    organizationId,
    position,
    nextGrant: () => {
      const number = count;
      count += 1;
      const { caller, clusterId } = pick(maintainers, number);
      const userId = pick(users, Math.floor(number / CLUSTERS));
      const level = number < CLUSTERS * USERS ? 'VIEW' : 'USE';
      return { caller, input: { clusterId, userId, level } };
    },
  };
}

function pick<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}
