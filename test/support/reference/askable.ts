import type { PairDifference } from '../../../src/access/difference/blocks';
import type { Moment } from '../../../src/access/facts';
import type { Question } from '../../../src/access/question';
import { ReferenceAccess } from './access';
import { ReferenceOrganization, type RawLedgers } from './organization';

const KINDS = 'organization member team cluster queue pipeline agent key token'.split(' ');

/**
 * Whether the asker of a preview may ask about a pair: of what there is by their rights before the
 * changes, of what comes by them by the rights that come with it; about oneself too where that alone
 * is allowed.
 */
export function askable(
  { access, activity }: RawLedgers,
  asker: Question['principal'] & { readonly kind: 'user' },
  before: Moment,
  after: Moment,
): (pair: PairDifference) => boolean {
  const [was, is] = [before, after].map((moment) => {
    const organization = new ReferenceOrganization(access, activity, moment);
    return { organization, access: new ReferenceAccess(organization) };
  });
  if (!was || !is) return () => false;
  const [{ id: organizationId } = { id: '' }] = was.organization.all('organization');
  const audit = { principal: asker, action: 'audit:read', resource: organizationId } as const;
  const readsAll = was.access.answer(audit) === 'ALLOWED';
  return ({ subject, resource }) => {
    const there = KINDS.some((kind) => was.organization.one(kind, resource));
    const asks = (about: { readonly about?: string }): boolean => {
      const question = { principal: asker, action: 'access:ask', resource, ...about } as const;
      return (there ? was : is).access.answer(question) === 'ALLOWED';
    };
    return readsAll || asks({}) || (subject === asker.id && asks({ about: subject }));
  };
}
