import { randomUUID } from 'node:crypto';
import { Option, type Command } from 'commander';
import type { Done } from '../commands/protocol';
import { Failure } from './failure';
import { prepareFirstToken } from './first-token';
import type { Installation } from './installation';

/** How the first organization and its ADMIN are called, and whether to print the token anyway. */
export interface FirstNames {
  readonly organization: string;
  readonly organizationName?: string;
  readonly adminName: string;
  readonly adminEmail?: string;
  readonly printToken?: boolean;
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
    .option('--admin-email <address>', "first start: its ADMIN's e-mail address")
    .option(
      '--print-token',
      'first start: print the token of the ADMIN also where the output is no terminal',
    );
}

/**
 * Makes the first organization and its ADMIN if the installation has none, and tells the ADMIN's API
 * token, on a terminal or in a file: the only time that anybody sees it. True if it did.
 */
export async function makeFirstOrganization(
  installation: Installation,
  dataFolder: string,
  names: FirstNames,
): Promise<boolean> {
  if (installation.organizations().length > 0) return false;
  const printed = process.stdout.isTTY || names.printToken === true;
  const place = prepareFirstToken(dataFolder, printed);
  const { ids, secret } = await create(installation, names).catch((error: unknown) => {
    place.giveUp();
    throw error;
  });
  const told = place.tell(secret ?? '');
  console.log(`Made the organization "${names.organization}" (${ids['organizationId'] ?? ''})`);
  console.log(`and its first ADMIN, ${names.adminName} (${ids['userId'] ?? ''}).`);
  console.log('');
  for (const line of told) console.log(line);
  return true;
}

async function create(installation: Installation, names: FirstNames): Promise<Done> {
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
  return outcome;
}
