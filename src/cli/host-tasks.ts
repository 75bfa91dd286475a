import { randomBytes, randomUUID } from 'node:crypto';
import { isId, type OrganizationId, type UserId } from '../domain/id';
import type { Member } from '../domain/member/state';
import {
  HostRefusal,
  type AdminChoice,
  type AdminToken,
  type HostTasks,
  type ViewsChoice,
} from '../http/host-tasks';
import { formatSecretToken, hashSecretToken } from '../keys/secret-token';
import type { Installation } from './installation';

/** What whoever holds the host may do, on an installation that this process has open. */
export function tasksOn(installation: Installation): HostTasks {
  return {
    adminToken: (choice) => makeAdminToken(installation, choice),
    installationToken: () => makeInstallationToken(installation),
    adoptViews: (choice) => adoptViews(installation, choice),
  };
}

async function makeAdminToken(
  installation: Installation,
  { organization, member }: AdminChoice,
): Promise<AdminToken> {
  const organizationId = findOrganization(installation, organization);
  const userId = findAdmin(installation, organizationId, member);
  const outcome = await installation.writer.submit({
    mutation: 'apiTokenCreate',
    caller: { kind: 'HOST', organizationId },
    input: { userId, scopes: ['read', 'write'], description: 'Made on the host' },
    idempotencyKey: null,
    correlationId: randomUUID(),
  });
  if (outcome.kind === 'REFUSED') throw new HostRefusal(outcome.refusal.message);
  if (outcome.kind === 'FAULT') throw new HostRefusal(outcome.message);
  const { tokenId } = outcome.ids;
  if (typeof tokenId !== 'string' || outcome.secret === null) throw new Error('no token was made');
  return { organizationId, userId, tokenId, token: outcome.secret };
}

function findOrganization(installation: Installation, slug: string | undefined): OrganizationId {
  if (slug !== undefined) {
    const found = installation.queries.organizationBySlug(slug);
    if (found === undefined) throw new HostRefusal(`There is no organization ${slug}.`);
    return found;
  }
  const [only, another] = installation.organizations();
  if (only === undefined) throw new HostRefusal('There is no organization yet.');
  if (another !== undefined) throw new HostRefusal('Say which one: --organization <slug>.');
  return only;
}

function findAdmin(
  installation: Installation,
  organizationId: OrganizationId,
  member: string | undefined,
): UserId {
  if (member !== undefined) {
    if (isId('usr', member)) return member;
    throw new HostRefusal('A member is named by an id that begins with usr_.');
  }
  const admins = adminsOf(installation, organizationId);
  const [only, another] = admins;
  if (only !== undefined && another === undefined) return only.id;
  const names = admins.map(({ id, name }) => `${id} ${name}`).join('\n');
  throw new HostRefusal(`Say which ADMIN: --member <id>.\n${names}`);
}

function adminsOf(installation: Installation, organizationId: OrganizationId): readonly Member[] {
  const { queries } = installation;
  const moment = queries.moment(organizationId, null, installation.clock());
  if (moment === 'UNKNOWN_MOMENT') return [];
  return queries
    .facts(organizationId, moment)
    .on(organizationId, 'member', 'ADMIN')
    .flatMap(({ subject }) => queries.get(organizationId, 'member', subject) ?? []);
}

async function makeInstallationToken(
  installation: Installation,
): Promise<{ readonly token: string }> {
  const token = formatSecretToken('INSTALLATION', randomBytes(32));
  const tokenHash = hashSecretToken(token);
  const error = await installation.writer.carryOut({ kind: 'KEEP_INSTALLATION_TOKEN', tokenHash });
  if (error !== null) throw new HostRefusal(error);
  return { token };
}

async function adoptViews(
  installation: Installation,
  { viewsNumber }: ViewsChoice,
): Promise<object> {
  const error = await installation.adoptViews(viewsNumber);
  if (error !== null) throw new HostRefusal(error);
  return { viewsNumber };
}
