import type { Outcome } from '../../../src/commands/protocol';
import type { Pending } from '../../../src/commands/writer';
import type { MemberCaller, TestCommand, TestEngine } from '../engine';

const ORGANIZATIONS = 45;
const CLUSTERS = 60;

/** Runs one batch. Each outcome is undefined until it is told, perhaps long after. */
export function execute(
  { writer }: TestEngine,
  commands: readonly TestCommand[],
): readonly (Outcome | undefined)[] {
  const outcomes: (Outcome | undefined)[] = commands.map(() => undefined);
  writer.execute(
    commands.map(({ mutation, caller, input }, index): Pending => ({
      command: { mutation, caller, input, correlationId: 'test', idempotencyKey: null },
      reply: (outcome) => {
        if (outcomes[index] !== undefined) throw new Error('an outcome was told twice');
        outcomes[index] = outcome;
      },
    })),
  );
  return outcomes;
}

/** The different outcomes of a batch: DONE, REFUSED, the codes of faults, undefined if not told. */
export function kinds(outcomes: readonly (Outcome | undefined)[]): readonly unknown[] {
  return [
    ...new Set(
      outcomes.map((outcome) => (outcome?.kind === 'FAULT' ? outcome.code : outcome?.kind)),
    ),
  ];
}

/** So many ledgers that their heads and standings need pages of their own, at the commits. */
export function organizations(prefix: string): readonly TestCommand[] {
  return Array.from({ length: ORGANIZATIONS }, (_, index) => ({
    mutation: 'organizationCreate',
    caller: { kind: 'INSTALLATION' },
    input: { slug: `${prefix}-${index}`, name: 'Organization', adminName: 'Admin' },
  }));
}

/** Much content in one ledger. */
export function clusters(admin: MemberCaller, prefix: string): readonly TestCommand[] {
  const { organizationId } = admin;
  return Array.from({ length: CLUSTERS }, (_, index) => ({
    mutation: 'clusterCreate',
    caller: admin,
    input: {
      organizationId,
      slug: `${prefix}-${index}`,
      name: 'Cluster',
      description: 'x'.repeat(500),
    },
  }));
}
