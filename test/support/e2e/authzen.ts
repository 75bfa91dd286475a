import { addMember, Api } from './api';
import type { ServerProcess } from '../server-process';
import { sendRequest, type RawAnswer } from './raw-request';

export interface Answer extends RawAnswer {
  // Answers are judged by the assertions on them.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly json: any;
}

/** Speaks AuthZEN over HTTP. */
export class Authzen {
  constructor(
    readonly url: string,
    readonly token: string | null,
  ) {}

  async post(
    call: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const answer = await sendRequest(this.url, {
      path: `/access/v1/${call}`,
      // Bytes: beside a text, Node writes headers in the encoding of the text.
      body: Buffer.isBuffer(body)
        ? body
        : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
      headers: {
        ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
        ...headers,
      },
    });
    return { ...answer, json: JSON.parse(answer.body) };
  }

  async decision(body: unknown): Promise<Answer['json']> {
    const { status, json } = await this.post('evaluation', body);
    if (status !== 200) throw new Error(`${String(status)}: ${String(json)}`);
    return json;
  }

  /** Every result of a search, from all its pages. */
  async all(kind: 'subject' | 'resource' | 'action', body: object, limit = 100) {
    const results: Answer['json'][] = [];
    for (let token = ''; ;) {
      const page = token === '' ? { limit } : { token };
      const { status, json } = await this.post(`search/${kind}`, { ...body, page });
      if (status !== 200) throw new Error(`${String(status)}: ${String(json)}`);
      results.push(...json.results);
      token = json.page.next_token as string;
      if (token === '') return results;
    }
  }
}

/** Two clusters of an organization: an open queue, a restricted one, pipelines, and people. */
export async function twoClusters(server: ServerProcess) {
  const { organizationId, url } = server;
  const admin = new Api(url, server.adminToken);
  const cluster = async (slug: string, mode: string) => {
    const input = { organizationId, slug, name: slug };
    const { cluster: made } = await admin.do('clusterCreate', input, 'cluster { id }');
    const lane = { clusterId: made.id, key: 'jobs', mode };
    const { queue } = await admin.do('clusterQueueCreate', lane, 'queue { id }');
    return [made.id as string, queue.id as string] as const;
  };
  const pipeline = async (slug: string, clusterId: string): Promise<string> => {
    const input = { organizationId, clusterId, slug, name: slug };
    return (await admin.do('pipelineCreate', input, 'pipeline { id }')).pipeline.id;
  };
  const [openCluster, openQueue] = await cluster('open', 'OPEN');
  const [closedCluster, closedQueue] = await cluster('closed', 'RESTRICTED');
  const web = await pipeline('web', openCluster);
  const infra = await pipeline('infra', closedCluster);
  const docs = await pipeline('docs', closedCluster);
  const branches = ['main', 'release/*'];
  await admin.do('queuePipelineGrant', { queueId: closedQueue, pipelineId: infra, branches });
  const developer = await addMember(admin, organizationId, 'Developer');
  const maintainer = await addMember(admin, organizationId, 'Maintainer');
  const auditor = await addMember(admin, organizationId, 'Auditor', { role: 'AUDITOR' });
  const narrow = await addMember(admin, organizationId, 'Narrow', { scopes: ['cluster:read'] });
  await admin.do('clusterGrant', { clusterId: openCluster, userId: developer.id, level: 'USE' });
  await admin.do('clusterMaintainerAdd', { clusterId: closedCluster, userId: maintainer.id });
  return {
    ...{ admin, organizationId, openCluster, openQueue, closedCluster, closedQueue },
    ...{ web, infra, docs, developer, maintainer, auditor, narrow },
  };
}

export type TwoClusters = Awaited<ReturnType<typeof twoClusters>>;
