import type { OrganizationId } from '../domain/id';
import type { OrganizationNumber } from '../ledger/types';
import type { EntityRows } from './sqlite/entity-rows';

/** The organization whose views are read. */
export interface ViewsOf {
  readonly organization: OrganizationNumber;
  readonly organizationId: OrganizationId;
}

/** A position of the access ledger; `present` tells that nothing later is projected. */
export interface Then {
  readonly position: number;
  readonly present: boolean;
}

/** Finds the version of the rules in force at a position; 0 while there was no organization. */
export type RulesThen = (of: ViewsOf, then: Then) => number;

/** Reads it out of the organization's own row. */
export function readRules(entities: EntityRows): RulesThen {
  return ({ organization, organizationId }, { position, present }) => {
    const then = present
      ? entities.current(organization, 'organization', organizationId)
      : entities.past(organization, 'organization', organizationId, position);
    return then?.rulesVersion ?? 0;
  };
}

/**
 * The same, with the answer about the latest position of each organization at hand: of what is
 * committed it never changes.
 */
export function rememberedRules(read: RulesThen): RulesThen {
  const latest = new Map<
    OrganizationNumber,
    { readonly position: number; readonly version: number }
  >();
  return (of, then) => {
    const known = latest.get(of.organization);
    if (known?.position === then.position) return known.version;
    const version = read(of, then);
    if (then.present) latest.set(of.organization, { position: then.position, version });
    return version;
  };
}
