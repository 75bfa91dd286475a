import { RULES_VERSION } from '../access/rules-version';
import type { World } from '../views/world';

const NO_ORGANIZATION = 'org_00000000000000000000000000';
const none = (): [] => [];
const nothing = (): undefined => undefined;

/** The world of a caller who is in no organization, such as the installation's own token. */
export function nowhere(now: number): World {
  return {
    organizationId: NO_ORGANIZATION,
    now,
    facts: {
      organizationId: NO_ORGANIZATION,
      moment: { position: 0, instant: now },
      rulesVersion: RULES_VERSION,
      of: none,
      on: none,
      between: none,
      held: none,
      agent: nothing,
      agentsOn: none,
    },
    get: nothing,
    existed: () => false,
    nameOwner: nothing,
    open: none,
    naming: none,
    liveAgents: none,
  };
}
