import { createApiToken, endApiToken } from '../../../src/domain/api-token/decide';
import { ApiTokenCreated, ApiTokenRevoked } from '../../../src/domain/api-token/events';
import { given, GIVEN_AT } from '../../support/given-when-then';
import { sampleId } from '../../support/sample-ids';

const tokenId = sampleId('tok');
const userId = sampleId('usr');
const tokenHash = 'a'.repeat(64);
const limits = { scopes: ['read'], addressRanges: ['10.0.0.0/8'], expiresAt: null };
const wish = { description: '', ...limits };
const created = ApiTokenCreated.make({ tokenId, userId, tokenHash, ...limits });

test('a token is recorded by its hash, with its limits', () => {
  given()
    .when(() => createApiToken(tokenId, userId, tokenHash, wish, GIVEN_AT))
    .then([created]);
});

test.each([
  [{ description: 'x'.repeat(101) }, 'INVALID', 'description'],
  [{ addressRanges: ['0.0.0.0/0'] }, 'INVALID', 'addressRanges'],
  [{ expiresAt: GIVEN_AT }, 'EXPIRY_IN_PAST', 'expiresAt'],
] as const)('%j is refused: %s', (change, code, field) => {
  given()
    .when(() => createApiToken(tokenId, userId, tokenHash, { ...wish, ...change }, GIVEN_AT))
    .thenRefused(code, field);
});

test('a revocation names the member', () => {
  given(created)
    .when((state) => [endApiToken(state('apiToken', tokenId))])
    .then([ApiTokenRevoked.make({ tokenId, userId })]);
});
