import { withoutSecrets } from '../../../src/config/log';
import { formatSecretToken } from '../../../src/keys/secret-token';

describe('withoutSecrets', () => {
  it.each(['API_TOKEN', 'AGENT_SESSION', 'INSTALLATION'] as const)('cuts %s', (kind) => {
    const token = formatSecretToken(kind, new Uint8Array(32).fill(7));
    const line = withoutSecrets(`{"msg":"bad ${token}","authorization":"Bearer ${token}"}`);
    expect(line).not.toContain(token.slice(5));
    expect(line).toBe(
      `{"msg":"bad ${token.slice(0, 5)}[redacted]","authorization":"Bearer ${token.slice(0, 5)}[redacted]"}`,
    );
  });

  it('cuts a signed assertion, whole', () => {
    const line = withoutSecrets('{"msg":"eyJhbGciOiJFZERTQSJ9.eyJqdGkiOiIxIn0.c2lnbmF0dXJl-_x"}');
    expect(line).toBe('{"msg":"eyJ[redacted]"}');
  });

  it('leaves ids and everything else alone', () => {
    const line = '{"id":"tok_0000000000000000000000000","n":1}';
    expect(withoutSecrets(line)).toBe(line);
  });
});
