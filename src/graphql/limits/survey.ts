import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { byName, operationsOf, rootFieldsOf } from './definitions';

/** What each operation of a document asks for. */
type Survey = ReadonlyMap<OperationDefinitionNode, readonly string[]>;

const KNOWN = new WeakMap<DocumentNode, Survey>();

/**
 * The root fields of every operation of any document that parses. Found once for as long as the
 * document is kept, since most requests come with one that was seen before.
 */
export function surveyOf(document: DocumentNode): Survey {
  const known = KNOWN.get(document) ?? survey(document);
  KNOWN.set(document, known);
  return known;
}

function survey(document: DocumentNode): Survey {
  const fragments = byName(document);
  return new Map(
    operationsOf(document).map((operation) => [operation, rootFieldsOf(operation, fragments)]),
  );
}
