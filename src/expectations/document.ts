import { TypeCompiler } from '@sinclair/typebox/compiler';
import { ValueErrorType, type ValueError } from '@sinclair/typebox/errors';
import { isMap, isSeq, LineCounter, parseDocument, type Document as YamlDocument } from 'yaml';
import { DocumentSchema, type Document } from './document-schema';

/** How much a file may hold: more is no file of expectations. */
const CHARACTERS_MAX = 4_000_000;
/** Aliases may not blow a small file up. */
const ALIASES_MAX = 100;

/** Why a file cannot be read, and in which line. */
export class DocumentFault extends Error {
  override readonly name = 'DocumentFault';

  constructor(
    readonly line: number,
    message: string,
  ) {
    super(message);
  }
}

/** A file as read, and where each of its tests stands. */
export interface ReadDocument {
  readonly document: Document;
  readonly testLines: readonly number[];
}

const check = TypeCompiler.Compile(DocumentSchema);

/** Reads a file of expectations in YAML 1.2. Throws DocumentFault for anything else. */
export function readDocument(text: string): ReadDocument {
  if (text.length > CHARACTERS_MAX) throw new DocumentFault(1, 'The file is too long.');
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const [error] = yaml.errors;
  if (error !== undefined) {
    const [sentence = 'It is no YAML.'] = error.message.split('\n');
    throw new DocumentFault(lines.linePos(error.pos[0]).line, sentence);
  }
  const value = valueOf(yaml);
  const lineOf = (path: readonly (string | number)[]): number => lineAt(yaml, lines, path);
  if (!check.Check(value)) {
    // Only the first is looked into: a long file may have a million of them.
    const first = check.Errors(value).First();
    const fault = first && innermost(first);
    throw new DocumentFault(lineOf(stepsOf(fault?.path ?? '', value)), describe(fault));
  }
  return { document: value, testLines: value.tests.map((_test, at) => lineOf(['tests', at])) };
}

function valueOf(yaml: YamlDocument): unknown {
  try {
    return yaml.toJS({ maxAliasCount: ALIASES_MAX }) as unknown;
  } catch {
    throw new DocumentFault(1, 'The file has too many aliases.');
  }
}

/**
 * Where no choice fits, the fault of the one that is meant tells most, if it goes further: one that
 * knows every key that is there.
 */
function innermost(fault: ValueError): ValueError {
  const depth = ({ path }: ValueError): number => path.split('/').length;
  const strange = (errors: readonly ValueError[]): number =>
    errors.filter(({ type }) => type === ValueErrorType.ObjectAdditionalProperties).length;
  const [meant] = fault.errors
    .map((errors) => [...errors])
    .filter(([first]) => first !== undefined && depth(first) > depth(fault))
    .sort((a, b) => strange(a) - strange(b) || a.length - b.length);
  return meant?.[0] === undefined ? fault : innermost(meant[0]);
}

function describe(fault: ValueError | undefined): string {
  if (fault === undefined) return 'It is no file of expectations.';
  const where = fault.path === '' ? 'The file' : fault.path.slice(1).replaceAll('/', '.');
  return `${where}: ${fault.message}.`;
}

function stepsOf(path: string, value: unknown): (string | number)[] {
  const steps: (string | number)[] = [];
  let at = value;
  for (const raw of path.split('/').slice(1)) {
    const step = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    steps.push(Array.isArray(at) ? Number(step) : step);
    at = typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined;
  }
  return steps;
}

/** The line of what the path leads to, or of the last thing on the way that is there. */
function lineAt(
  yaml: YamlDocument,
  lines: LineCounter,
  path: readonly (string | number)[],
): number {
  let node: unknown = yaml.contents;
  let offset = 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(key) === String(step));
      offset = startOf(pair?.key) ?? offset;
      node = pair?.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = startOf(node) ?? offset;
    } else break;
  }
  return Math.max(1, lines.linePos(offset).line);
}

function startOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined;
  return Array.isArray(node.range) ? Number(node.range[0]) : undefined;
}
