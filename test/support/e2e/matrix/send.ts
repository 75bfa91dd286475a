import type { MutationName } from '../../../../src/access/operations';
import type { Api } from '../api';
import type { Input } from './fixture';
import { operationOf } from './mutations';

interface UserError {
  readonly code: string;
  readonly field: readonly string[] | null;
  readonly actualVersion: number | null;
}

/** What a mutation was answered with. */
export interface Sent {
  /** 'DONE', or the code of the first refusal or fault. */
  readonly code: string;
  readonly status: number;
  /** The payload's fields but for its refusals; null if there is no payload. */
  readonly payload: Readonly<Record<string, unknown>> | null;
  readonly refusal: UserError | null;
  /** The whole answer, less what differs from one request to the next: its id and the clock. */
  readonly text: string;
}

/** Runs a mutation. Throws if the answer is an error without a request id. */
export async function send(api: Api, mutation: MutationName, input: Input | null): Promise<Sent> {
  const variables = input === null ? {} : { input };
  const { status, headers, data, errors } = await api.query(operationOf(mutation), variables);
  for (const { extensions } of errors ?? []) {
    if (extensions['requestId'] !== headers.get('x-request-id')) {
      throw new Error(`${mutation}: an error does not name its request`);
    }
  }
  const answered = (data?.[mutation] ?? null) as { userErrors: readonly UserError[] } | null;
  const { userErrors = [], ...payload } = answered ?? {};
  const [refusal = null] = userErrors;
  const fault = errors?.[0]?.extensions['code'];
  return {
    code: typeof fault === 'string' ? fault : (refusal?.code ?? 'DONE'),
    status,
    payload: answered === null ? null : payload,
    refusal,
    text: JSON.stringify({ status, data, errors }, (key, value: unknown) =>
      key === 'requestId' || key === 'serverTime' ? undefined : value,
    ),
  };
}
