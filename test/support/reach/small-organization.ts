import type { MutationName } from '../../../src/access/operations';
import type { Caller } from '../../../src/commands/protocol';
import type { OrganizationId, UserId } from '../../../src/domain/id';
import { MemoryWorld } from '../memory-world';
import type { Program } from './program';

const NOW = 1_800_000_000_000;
export const DAY = 86_400_000;
/** The first id that a program makes. */
const ORGANIZATION: OrganizationId = 'org_00000000000000000000000001';

/** What a random organization is drawn from: a kind of step and what it is about. */
export interface SetupStep {
  readonly kind: (typeof SETUP_KINDS)[number];
  readonly a: number;
  readonly b: number;
  readonly c: number;
  /** After how many days that which is given ends. Left out or 0: it does not. */
  readonly days?: number;
}

export const SETUP_KINDS = [
  'joinTeam',
  'grantCluster',
  'grantPipeline',
  'grantQueue',
  'move',
  'archive',
  'readmit',
  'teamCreates',
  'organizationCreates',
  'restrict',
  'maintain',
] as const;

/** An organization made by commands of its ADMIN, and the ids of what is in it. */
export interface SmallOrganization {
  readonly world: MemoryWorld;
  readonly admin: Caller;
  readonly users: readonly Extract<Caller, { kind: 'MEMBER' }>[];
  readonly teams: readonly string[];
  readonly clusters: readonly string[];
  readonly queues: readonly string[];
  readonly pipelines: readonly string[];
}

/** Two of everything, nobody with any right; then the drawn steps, as far as they are allowed. */
export function makeOrganization(program: Program, steps: readonly SetupStep[]): SmallOrganization {
  const maker = new Maker(program);
  steps.forEach((step) => {
    maker.setUp(step);
  });
  return maker.organization();
}

class Maker {
  readonly #program: Program;
  readonly #admin: Caller;
  readonly #users: Extract<Caller, { kind: 'MEMBER' }>[];
  readonly #teams: readonly string[];
  readonly #clusters: readonly string[];
  readonly #queues: readonly string[];
  readonly #pipelines: readonly string[];
  #world = new MemoryWorld(ORGANIZATION, NOW);

  constructor(program: Program) {
    this.#program = program;
    program.restartIds();
    const founded = this.#must({ kind: 'INSTALLATION' }, 'organizationCreate', {
      slug: 'small',
      name: 'Small',
      adminName: 'Admin',
    });
    this.#admin = this.#member(founded['userId'], founded['tokenId']);
    this.#users = ['One', 'Two'].map((name) => this.#addUser(name));
    const named = (index: number) => ({ slug: `s${String(index)}`, name: `N${String(index)}` });
    const organizationId = this.#world.organizationId;
    const two = [0, 1];
    this.#teams = two.map((i) =>
      this.#make('teamCreate', { organizationId, ...named(i) }, 'teamId'),
    );
    this.#clusters = two.map((i) =>
      this.#make('clusterCreate', { organizationId, ...named(i) }, 'clusterId'),
    );
    this.#queues = this.#clusters.flatMap((clusterId) =>
      ['open', 'kept'].map((key) => {
        const mode = key === 'open' ? 'OPEN' : 'RESTRICTED';
        return this.#make('clusterQueueCreate', { clusterId, key, mode }, 'queueId');
      }),
    );
    this.#pipelines = this.#clusters.map((clusterId, i) =>
      this.#make('pipelineCreate', { organizationId, clusterId, ...named(i) }, 'pipelineId'),
    );
  }

  organization(): SmallOrganization {
    return {
      world: this.#world,
      admin: this.#admin,
      users: this.#users,
      teams: this.#teams,
      clusters: this.#clusters,
      queues: this.#queues,
      pipelines: this.#pipelines,
    };
  }

  /** One step of the ADMIN; what is refused changes nothing. */
  setUp({ kind, a, b, c, days = 0 }: SetupStep): void {
    const user = at(this.#users, a);
    const userId = user.userId;
    const teamId = at(this.#teams, b);
    const clusterId = at(this.#clusters, c);
    const pipelineId = at(this.#pipelines, c);
    const holder = b % 3 === 2 ? { userId } : { teamId };
    const end = days === 0 ? {} : { expiresAt: NOW + days * DAY };
    switch (kind) {
      case 'joinTeam':
        this.#try('teamMemberAdd', {
          teamId,
          userId,
          role: at(['MEMBER', 'MAINTAINER'], c),
          ...end,
        });
        break;
      case 'grantCluster':
        this.#try('clusterGrant', {
          clusterId,
          ...holder,
          level: at(['USE', 'USE', 'VIEW'], a),
          ...end,
        });
        break;
      case 'grantPipeline': {
        const level = at(['BUILD', 'MANAGE', 'READ'], a);
        this.#try('pipelineGrant', { pipelineId, ...holder, level, ...end });
        break;
      }
      case 'grantQueue': {
        const branches = at([[], ['main'], ['release/*']], b);
        this.#try('queuePipelineGrant', {
          queueId: at(this.#queues, a),
          pipelineId,
          branches,
          ...end,
        });
        break;
      }
      case 'move':
        this.#try('pipelineMove', { pipelineId, clusterId: at([...this.#clusters, null], a) });
        break;
      case 'archive':
        this.#try('pipelineArchive', { pipelineId });
        break;
      case 'readmit':
        this.#readmit(a % this.#users.length, userId);
        break;
      case 'teamCreates':
        this.#try('teamUpdate', { teamId, membersCanCreatePipelines: true });
        break;
      case 'organizationCreates':
        this.#try('organizationUpdate', {
          organizationId: this.#world.organizationId,
          membersCanCreatePipelines: c % 4 === 0,
        });
        break;
      case 'restrict':
        this.#try('clusterQueueUpdate', { queueId: at(this.#queues, a), mode: 'RESTRICTED' });
        break;
      case 'maintain':
        this.#try('clusterMaintainerAdd', { clusterId, ...holder, ...end });
        break;
    }
  }

  /** Removes the member and takes them back under the old id: nothing may revive. */
  #readmit(index: number, userId: UserId): void {
    this.#must(this.#admin, 'organizationMemberRemove', { userId });
    const { organizationId } = this.#world;
    this.#must(this.#admin, 'organizationMemberAdd', {
      organizationId,
      userId,
      name: 'Back',
      role: 'MEMBER',
      kind: 'SERVICE',
    });
    this.#users[index] = this.#withToken(userId);
  }

  #addUser(name: string): Extract<Caller, { kind: 'MEMBER' }> {
    const { organizationId } = this.#world;
    const input = { organizationId, name, role: 'MEMBER', kind: 'SERVICE' };
    return this.#withToken(this.#make('organizationMemberAdd', input, 'userId') as UserId);
  }

  #withToken(userId: UserId): Extract<Caller, { kind: 'MEMBER' }> {
    const input = { userId, scopes: ['read', 'write'] };
    return this.#member(userId, this.#make('apiTokenCreate', input, 'tokenId'));
  }

  #member(userId?: string | null, tokenId?: string | null): Extract<Caller, { kind: 'MEMBER' }> {
    return {
      kind: 'MEMBER',
      organizationId: this.#world.organizationId,
      userId: userId as UserId,
      tokenId: tokenId as `tok_${string}`,
    };
  }

  #make(mutation: MutationName, input: object, id: string): string {
    return String(this.#must(this.#admin, mutation, input)[id]);
  }

  #must(caller: Caller, mutation: MutationName, input: object) {
    const step = this.#program.try(this.#world, caller, mutation, input);
    if (typeof step === 'string') throw new Error(`${mutation}: ${step}`);
    this.#world = step.world;
    return step.ids;
  }

  #try(mutation: MutationName, input: object): void {
    const step = this.#program.try(this.#world, this.#admin, mutation, input);
    if (typeof step !== 'string') this.#world = step.world;
  }
}

function at<T>(items: readonly T[], index: number): T {
  return items[index % items.length] as T;
}
