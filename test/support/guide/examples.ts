/** What stands between two fences. */
interface Block {
  readonly language: string;
  readonly text: string;
  /** The line of the opening fence. */
  readonly line: number;
}

/** What a guide says is sent, and the answer it says comes back. */
export interface Example {
  /** The heading above it, and the line where it begins. */
  readonly title: string;
  readonly kind: 'graphql' | 'http';
  readonly request: string;
  /** JSON; null if the request takes none. */
  readonly variables: string | null;
  /** JSON: the whole body. */
  readonly answer: string;
}

const FENCE = /^\s*(?:`{3,}|~{3,})/u;
const OPENING = /^```(\w+)$/u;

/**
 * Every example of a guide, in its order. One begins with a block of `graphql` or `http`; a block of
 * `json` with its variables follows if it uses any, and then one with the answer.
 *
 * Throws for every block that is no part of an example: what nobody executes may not be true.
 */
export function examplesOf(guide: string): readonly Example[] {
  const lines = guide.split('\n');
  const blocks = blocksOf(lines);
  const examples: Example[] = [];
  for (let at = 0; at < blocks.length;) {
    const request = blocks[at++];
    if (request === undefined) break;
    const { language: kind, text, line } = request;
    if (kind !== 'graphql' && kind !== 'http') {
      throw new Error(`line ${line}: a block of ${kind} is no part of an example`);
    }
    const json = (what: string): string => {
      const block = blocks[at++];
      if (block?.language === 'json') return block.text;
      throw new Error(`line ${line}: the example has no ${what}`);
    };
    const variables = kind === 'graphql' && text.includes('$') ? json('variables') : null;
    const title = `${headingAbove(lines, line)} (line ${line})`;
    examples.push({ title, kind, request: text, variables, answer: json('answer') });
  }
  return examples;
}

function blocksOf(lines: readonly string[]): readonly Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (!FENCE.test(line)) continue;
    const language = OPENING.exec(line)?.[1];
    const end = lines.indexOf('```', at + 1);
    if (language === undefined || end < 0) {
      throw new Error(`line ${at + 1}: a fence that is not understood: ${line}`);
    }
    blocks.push({ language, text: lines.slice(at + 1, end).join('\n'), line: at + 1 });
    at = end;
  }
  return blocks;
}

function headingAbove(lines: readonly string[], line: number): string {
  const heading = lines.slice(0, line).findLast((above) => above.startsWith('## ')) ?? '';
  return heading.slice('## '.length);
}
