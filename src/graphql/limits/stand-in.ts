import { Kind, type DocumentNode, type GraphQLError, type ValidationRule } from 'graphql';

const REFUSALS = new WeakMap<DocumentNode, GraphQLError>();

/**
 * A document to validate in the place of one that is refused before. Apollo's hooks cannot refuse:
 * what they throw before an operation is known is a fault of the server. Validating this one costs
 * nothing, ends in the refusal, and so is never kept in Apollo's cache.
 */
export function standIn(refusal: GraphQLError): DocumentNode {
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };
  REFUSALS.set(document, refusal);
  return document;
}

/** The rule of validation that refuses stand-ins, and nothing else. */
export const refuseStandIns: ValidationRule = (context) => {
  const refusal = REFUSALS.get(context.getDocument());
  if (refusal !== undefined) context.reportError(refusal);
  return {};
};
