import { refuse, type Refusal } from '../refusal';
import { nameFault } from '../text';

const REPOSITORY_MAX = 500;

// A user before the host; over HTTP a lone user is often a token itself.
const WITH_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*:[^/?#]*@/iu;
const HTTP_WITH_USER = /^https?:\/\/[^/?#]*@/iu;

/**
 * The fault of where a pipeline's code is, or null: one line, and without credentials, since it is
 * recorded and shown to everyone who may read the pipeline.
 */
function repositoryFault(text: string): string | null {
  // Length comes first: the search for credentials is quadratic.
  const fault = nameFault(text, REPOSITORY_MAX);
  if (fault !== null) return fault;
  const holds = WITH_PASSWORD.test(text) || HTTP_WITH_USER.test(text);
  return holds ? 'must not hold credentials' : null;
}

export function checkRepository(repository: string | null | undefined): Refusal | undefined {
  if (repository === undefined || repository === null) return undefined;
  const fault = repositoryFault(repository);
  return fault === null ? undefined : refuse('INVALID', 'repository', `repository ${fault}.`);
}
