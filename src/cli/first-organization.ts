import { randomUUID } from 'node:crypto';
import { Option, type Command } from 'commander';
import { Failure } from './failure';
import type { Installation } from './installation';

/** How the first organization and its ADMIN are called. */
export interface FirstNames {
  readonly organization: string;
  readonly organizationName?: string;
  readonly adminName: string;
  readonly adminEmail?: string;
}

/** Gives a command the flags that name them. */
export function addFirstNames(command: Command): Command {
  return command
    .addOption(
      new Option('--organization <slug>', 'first start: the slug of the organization').default(
        'default',
      ),
    )
    .option('--organization-name <name>', 'first start: its name, by default the slug')
    .addOption(new Option('--admin-name <name>', "first start: its ADMIN's name").default('Admin'))
    .option('--admin-email <address>', "first start: its ADMIN's e-mail address");
}

/**
 * Makes the first organization and its ADMIN if the installation has none, and prints the ADMIN's
 * API token: the only time that anybody sees it. True if it did.
 */
export async function makeFirstOrganization(
  installation: Installation,
  names: FirstNames,
): Promise<boolean> {
  if (installation.organizations().length > 0) return false;
  const { organization: slug, organizationName, adminName, adminEmail } = names;
  const outcome = await installation.writer.submit({
    mutation: 'organizationCreate',
    caller: { kind: 'INSTALLATION' },
    input: {
      slug,
      name: organizationName ?? slug,
      adminName,
      ...(adminEmail !== undefined && { adminEmail }),
    },
    idempotencyKey: null,
    correlationId: randomUUID(),
  });
  if (outcome.kind === 'REFUSED') {
    const field = outcome.refusal.field?.join('.') ?? 'organization';
    throw new Failure(`The first organization was refused, ${field}: ${outcome.refusal.message}`);
  }
  if (outcome.kind === 'FAULT') throw new Failure(outcome.message);
  const { organizationId, userId } = outcome.ids;
  console.log(`Made the organization "${slug}" (${organizationId ?? ''})`);
  console.log(`and its first ADMIN, ${adminName} (${userId ?? ''}).`);
  console.log('');
  console.log("The ADMIN's API token. It is shown only now:");
  console.log('');
  console.log(`  export PALISADE_TOKEN=${outcome.secret ?? ''}`);
  console.log('');
  return true;
}
