import { randomBytes } from 'node:crypto';
import type { AgentKeyPair } from '../../../src/agent/agent-key-pair';
import { signRegistration } from '../../../src/agent/sign-assertion';
import { gql, type GraphqlAnswer } from '../server-process';

/** What came of a mutation: its payload, or the code of its refusal or fault. */
export interface Result {
  /** 'DONE', the code of the first user error, or that of the first top-level error. */
  readonly code: string;
  readonly message: string;
  // Payloads are judged by the assertions on them.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly payload: any;
  readonly answer: GraphqlAnswer;
}

/** Speaks GraphQL over HTTP as one caller. */
export class Api {
  constructor(
    readonly url: string,
    readonly token: string | null,
  ) {}

  /** The same server as another caller. */
  as(token: string | null): Api {
    return new Api(this.url, token);
  }

  query(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<GraphqlAnswer> {
    return gql(this.url, this.token, query, variables);
  }

  /** Sends one mutation; never throws for what the server refuses. */
  async try(
    mutation: string,
    input: Readonly<Record<string, unknown>>,
    fields = '',
  ): Promise<Result> {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
    const answer = await this.query(
      `mutation ($input: ${type}) {
        ${mutation}(input: $input) { ${fields} userErrors { code field message } }
      }`,
      { input },
    );
    const [error] = answer.errors ?? [];
    const payload = answer.data?.[mutation];
    const refused = payload?.userErrors?.[0];
    const code = error?.extensions['code'] ?? refused?.code ?? 'DONE';
    return {
      code: String(code),
      message: error?.message ?? refused?.message ?? '',
      payload,
      answer,
    };
  }

  /** The payload of a mutation that must be done. Throws otherwise. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async do(mutation: string, input: Readonly<Record<string, unknown>>, fields = ''): Promise<any> {
    const { code, message, payload } = await this.try(mutation, input, fields);
    if (code !== 'DONE') throw new Error(`${mutation}: ${code}: ${message}`);
    return payload;
  }

  /** The answer of accessCheck. */
  async check(input: Readonly<Record<string, unknown>>) {
    const answer = await this.query(
      `query ($input: AccessCheckInput!) {
        accessCheck(input: $input) {
          allowed code message reasons { rule facts { relation event { position type } } }
        }
      }`,
      { input },
    );
    return answer.data.accessCheck;
  }

  /** Who reaches a cluster or queue, by user id. */
  async reachedBy(action: 'cluster:reach' | 'queue:reach', resourceId: string): Promise<string[]> {
    const answer = await this.query(
      `query ($action: String!, $resourceId: ID!) {
        accessSubjects(action: $action, resourceId: $resourceId, first: 100) { nodes { subjectId } }
      }`,
      { action, resourceId },
    );
    const { nodes } = answer.data.accessSubjects as { nodes: { subjectId: string }[] };
    return nodes.map(({ subjectId }) => subjectId);
  }

  /** Registers an agent with a freshly signed assertion. */
  async registerAgent(
    pair: AgentKeyPair,
    request: { organizationId: string; queue: string; audience: string; instance?: string },
  ): Promise<Result> {
    const assertion = await signRegistration(pair, {
      instance: random(),
      jti: random(),
      now: Date.now(),
      ...request,
    });
    return this.try('agentRegister', { assertion }, 'sessionToken agent { id }');
  }
}

/** 144 random bits as an agent draws them. */
export function random(): string {
  return randomBytes(18).toString('base64url');
}

/** A service member and a token of theirs. */
export async function addMember(
  admin: Api,
  organizationId: string,
  name: string,
  { role = 'MEMBER', scopes = ['read', 'write'] } = {},
): Promise<{ readonly id: string; readonly api: Api }> {
  const { member } = await admin.do(
    'organizationMemberAdd',
    { organizationId, name, role, kind: 'SERVICE' },
    'member { id }',
  );
  const { secret } = await admin.do(
    'apiTokenCreate',
    { userId: member.id, description: name, scopes },
    'secret',
  );
  return { id: member.id, api: admin.as(secret) };
}
