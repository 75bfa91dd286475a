/** What the server refused: expected refusals and faults look alike to the story. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

interface UserError {
  readonly code: string;
  readonly message: string;
}

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string };
  }[];
}

/** Someone who talks to the server as any client would: GraphQL over HTTP with a token. */
export class Client {
  readonly #url: string;
  readonly #token: string | null;

  constructor(url: string, token: string | null) {
    this.#url = url;
    this.#token = token;
  }

  /** The data of one operation. Throws Refusal with the server's own code and words. */
  async ask<T>(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<T> {
    const response = await fetch(`${this.#url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.#token === null ? {} : { authorization: `Bearer ${this.#token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as Answer;
    const [error] = errors ?? [];
    if (error !== undefined) throw new Refusal(error.extensions?.code ?? 'ERROR', error.message);
    if (data === undefined || data === null) throw new Refusal('ERROR', 'The server sent no data.');
    return data as T;
  }

  /**
   * Sends one mutation with its input and returns the fields asked for. Throws Refusal when the
   * payload says why not.
   */
  async change<T>(
    mutation: string,
    input: Readonly<Record<string, unknown>>,
    fields: string,
  ): Promise<T> {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
    const query = `mutation ($input: ${type}) {
      ${mutation}(input: $input) { ${fields} userErrors { code message } }
    }`;
    const data = await this.ask<Record<string, T & { userErrors: readonly UserError[] }>>(query, {
      input,
    });
    const payload = data[mutation];
    if (payload === undefined) throw new Refusal('ERROR', 'The server sent no payload.');
    const [refused] = payload.userErrors;
    if (refused !== undefined) throw new Refusal(refused.code, refused.message);
    return payload;
  }
}
