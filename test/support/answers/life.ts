import fc from 'fast-check';
import type { Command } from '../../../src/commands/protocol';
import type { MemberCaller } from '../engine';
import { Draw } from '../random-commands/draw';
import { Known } from '../random-commands/known';
import {
  randomCommand,
  WISH_NAMES,
  type Step,
  type WishName,
} from '../random-commands/random-command';
import type { Installation } from './installation';
import { PREVIEWED, type Previews } from './previews';

/** One round: commands that are drawn together, after a pause; perhaps previewed before. */
export interface Round {
  readonly steps: readonly Step[];
  /** Of 20 seconds each: what is given ends after whole minutes. */
  readonly pauses: number;
  readonly previewed: boolean;
}

/** All that tells one random organization from another, and what is asked about it. */
export interface Life {
  readonly seed: number;
  readonly rounds: readonly Round[];
}

export const PAUSE_MS = 20_000;

/** What gives others something to act on comes often, and so does what is rare by itself. */
const WISHES: readonly WishName[] = [
  ...WISH_NAMES.filter((name) => !name.startsWith('agent') && !name.startsWith('apiToken')),
  ...(['agentKeyRegister', 'agentRegister', 'agentDisconnect', 'agentKeyRevoke'] as const),
  ...(['apiTokenCreate', 'organizationMemberAdd', 'organizationMemberAdd'] as const),
  ...([
    'organizationMemberRemove',
    'organizationMemberRemove',
    'teamMemberAdd',
    'pipelineMove',
    'pipelineArchive',
  ] as const),
  ...(['clusterQueuePause', 'queuePipelineGrant', 'clusterMaintainerAdd'] as const),
];

const step = (wishes: readonly WishName[]): fc.Arbitrary<Step> =>
  fc.record({ wish: fc.constantFrom(...wishes), seed: fc.noBias(fc.nat()) });

const round: fc.Arbitrary<Round> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      steps: fc.array(step(WISHES), { minLength: 1, maxLength: 3 }),
      pauses: fc.nat({ max: 2 }),
      previewed: fc.constant(false),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      steps: fc.array(step(WISHES.filter(isPreviewed)), { minLength: 1, maxLength: 4 }),
      pauses: fc.nat({ max: 2 }),
      previewed: fc.constant(true),
    }),
  },
);

export const life: fc.Arbitrary<Life> = fc.record({
  seed: fc.noBias(fc.nat()),
  rounds: fc.array(round, { minLength: 6, maxLength: 12, size: 'max' }),
});

/** So that every organization has a little of everything: commands that wait for nothing together. */
const PRELUDE: readonly (readonly WishName[])[] = [
  [
    ...(['organizationMemberAdd', 'organizationMemberAdd', 'organizationMemberAdd'] as const),
    ...(['teamCreate', 'teamCreate', 'clusterCreate', 'clusterCreate'] as const),
  ],
  [
    ...(['apiTokenCreate', 'clusterQueueCreate', 'clusterQueueCreate', 'pipelineCreate'] as const),
    ...(['pipelineCreate', 'teamMemberAdd', 'teamMemberAdd', 'clusterGrant'] as const),
    ...(['clusterGrant', 'clusterGrant'] as const),
  ],
  [
    ...(['pipelineGrant', 'pipelineGrant', 'queuePipelineGrant', 'queuePipelineGrant'] as const),
    ...(['clusterMaintainerAdd', 'agentKeyRegister'] as const),
  ],
  ['agentRegister'],
];

/** Founds an organization, and has its rounds happen one after the other. The ADMIN who leads it. */
export function live(installation: Installation, name: string, life: Life, previews: Previews) {
  const founder = installation.found(name);
  const known = new Known(founder);
  const draw = new Draw(life.seed);
  for (const wishes of PRELUDE) {
    const steps = wishes.map((wish): Step => ({ wish, seed: draw.below(2 ** 31) }));
    carryOut(installation, known, commandsOf(installation, known, founder, steps));
  }
  for (const { steps, pauses, previewed } of life.rounds) {
    installation.now += pauses * PAUSE_MS;
    const commands = commandsOf(installation, known, founder, steps);
    if (previewed) {
      const sender = draw.once(4) ? draw.of(known.members) : founder;
      const sent = commands.map((command) => ({ ...command, caller: sender }));
      const outcomes = previews.compare(installation, sender, sent);
      learn(known, sent, outcomes);
    } else {
      carryOut(installation, known, commands);
    }
  }
  return founder.organizationId;
}

/** Mostly sent by the founder: what others send is mostly refused. */
function commandsOf(
  { now }: Installation,
  known: Known,
  founder: MemberCaller,
  steps: readonly Step[],
): readonly Command[] {
  return steps.flatMap((one) => {
    const command = randomCommand(one, known, now, 'life');
    if (command === undefined) return [];
    const led = command.caller.kind === 'MEMBER' && one.seed % 4 > 0;
    return [led ? { ...command, caller: founder } : command];
  });
}

function carryOut(installation: Installation, known: Known, commands: readonly Command[]): void {
  learn(known, commands, installation.runTogether(commands));
}

function learn(
  known: Known,
  commands: readonly Command[],
  outcomes: ReturnType<Installation['runTogether']>,
): void {
  for (const [at, command] of commands.entries()) {
    const outcome = outcomes[at];
    if (outcome?.kind === 'DONE') known.learn(command, outcome);
  }
}

function isPreviewed(name: WishName): boolean {
  return PREVIEWED.includes(name);
}
