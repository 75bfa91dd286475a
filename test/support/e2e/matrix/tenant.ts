import { generateAgentKey, type AgentKeyPair } from '../../../../src/agent/agent-key-pair';
import type { Api } from '../api';

/** A member whom tests act as, with tokens of any scopes. */
export interface Person {
  readonly id: string;
  readonly as: (scopes: readonly string[]) => Promise<Api>;
}

/** Who gets a role or a grant. */
export type Holder = { readonly userId: string } | { readonly teamId: string };

export interface AdmittedKey {
  readonly id: string;
  readonly pair: AgentKeyPair;
  readonly clusterId: string;
}

let organizations = 0;

/** A fresh organization of a running server, and short ways to fill it. Everything is the ADMIN's. */
export class Tenant {
  readonly #slugs = new Map<string, number>();

  private constructor(
    readonly id: string,
    readonly organizationSlug: string,
    readonly adminId: string,
    readonly admin: Api,
    readonly installation: Api,
  ) {}

  static async create(installation: Api): Promise<Tenant> {
    organizations += 1;
    const slug = `tenant-${organizations}`;
    const input = { slug, name: 'Tenant', adminName: 'First' };
    const fields = 'organizationId adminId adminToken';
    const made = await installation.do('organizationCreate', input, fields);
    const admin = installation.as(made.adminToken);
    return new Tenant(made.organizationId, slug, made.adminId, admin, installation);
  }

  /** A slug that nothing of this organization has. */
  slug(prefix: string): string {
    const number = (this.#slugs.get(prefix) ?? 0) + 1;
    this.#slugs.set(prefix, number);
    return `${prefix}-${number}`;
  }

  async member(role: 'ADMIN' | 'AUDITOR' | 'MEMBER' = 'MEMBER', kind = 'SERVICE'): Promise<Person> {
    const input = { organizationId: this.id, name: 'Somebody', role, kind };
    const id = await this.#make('organizationMemberAdd', input, 'member');
    return { id, as: (scopes) => this.#tokenOf(id, scopes) };
  }

  cluster(): Promise<string> {
    return this.#make('clusterCreate', this.#named('cluster'), 'cluster');
  }

  queue(clusterId: string, mode = 'OPEN'): Promise<string> {
    const input = { clusterId, key: this.slug('queue'), mode };
    return this.#make('clusterQueueCreate', input, 'queue');
  }

  pipeline(clusterId: string | null = null): Promise<string> {
    return this.#make('pipelineCreate', { ...this.#named('pipeline'), clusterId }, 'pipeline');
  }

  team(membersCanCreatePipelines = false): Promise<string> {
    return this.#make('teamCreate', { ...this.#named('team'), membersCanCreatePipelines }, 'team');
  }

  /** The id of the membership. */
  join(teamId: string, userId: string, role = 'MEMBER'): Promise<string> {
    return this.#make('teamMemberAdd', { teamId, userId, role }, 'teamMember');
  }

  maintain(clusterId: string, holder: Holder): Promise<string> {
    return this.#make('clusterMaintainerAdd', { clusterId, ...holder }, 'maintainer');
  }

  grantCluster(clusterId: string, holder: Holder, level: 'VIEW' | 'USE'): Promise<string> {
    return this.#make('clusterGrant', { clusterId, ...holder, level }, 'grant');
  }

  grantPipeline(
    pipelineId: string,
    holder: Holder,
    level: 'READ' | 'BUILD' | 'MANAGE',
  ): Promise<string> {
    return this.#make('pipelineGrant', { pipelineId, ...holder, level }, 'grant');
  }

  grantQueue(queueId: string, pipelineId: string): Promise<string> {
    return this.#make('queuePipelineGrant', { queueId, pipelineId }, 'grant');
  }

  /** A member who maintains the cluster through a team. */
  async maintainer(clusterId: string): Promise<Person> {
    const [person, teamId] = await Promise.all([this.member(), this.team()]);
    await Promise.all([this.join(teamId, person.id), this.maintain(clusterId, { teamId })]);
    return person;
  }

  /** A member who is granted this level of the cluster. */
  async user(clusterId: string, level: 'VIEW' | 'USE' = 'USE'): Promise<Person> {
    const person = await this.member();
    await this.grantCluster(clusterId, { userId: person.id }, level);
    return person;
  }

  /** A member who is granted this level of the pipeline. */
  async builder(pipelineId: string, level: 'READ' | 'BUILD' | 'MANAGE'): Promise<Person> {
    const person = await this.member();
    await this.grantPipeline(pipelineId, { userId: person.id }, level);
    return person;
  }

  /** A key that is admitted to the OPEN queues of the cluster. */
  async key(clusterId: string): Promise<AdmittedKey> {
    const pair = generateAgentKey('EdDSA');
    const publicKey = JSON.stringify(pair.publicKey.jwk);
    const id = await this.#make(
      'agentKeyRegister',
      { clusterId, name: 'Key', publicKey },
      'agentKey',
    );
    return { id, pair, clusterId };
  }

  /** An agent that registered, with its session. */
  async agent(): Promise<Api> {
    const clusterId = await this.cluster();
    const [queue, { pair }] = await Promise.all([this.queue(clusterId), this.key(clusterId)]);
    const audience = `${this.admin.url}/agent-auth`;
    const wish = { organizationId: this.id, queue, audience };
    const { code, payload } = await this.admin.as(null).registerAgent(pair, wish);
    if (code !== 'DONE') throw new Error(`agentRegister: ${code}`);
    return this.admin.as(payload.sessionToken);
  }

  #named(noun: string) {
    return { organizationId: this.id, slug: this.slug(noun), name: 'Something' };
  }

  async #make(mutation: string, input: object, field: string): Promise<string> {
    const payload = await this.admin.do(mutation, { ...input }, `${field} { id }`);
    return payload[field].id as string;
  }

  async #tokenOf(userId: string, scopes: readonly string[]): Promise<Api> {
    const { secret } = await this.admin.do('apiTokenCreate', { userId, scopes }, 'secret');
    return this.admin.as(secret);
  }
}
