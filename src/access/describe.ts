import { ACTION_NAMES, ACTIONS, type Action } from './actions';
import { AUTHZEN_ACTIONS, MUTATION_ACTIONS, QUERY_ACTIONS, UNTRIED_MUTATIONS } from './operations';
import type { Row } from './rule';
import { RULES_VERSION_1 } from './rules/version-1';

/** Who may ask to act, by the entry that a row has for them. */
const PRINCIPALS = {
  user: 'member',
  pipeline: 'pipeline',
  agentKey: 'agent key',
  agent: 'agent',
  installation: 'installation',
  host: 'host',
} as const satisfies Readonly<Record<Exclude<keyof Row, 'text'>, string>>;

/** The rule of each action in one sentence. */
export const ACTION_RULES = Object.fromEntries(
  ACTION_NAMES.map((action) => [action, RULES_VERSION_1[action].text]),
) as Readonly<Record<Action, string>>;

/** The tables of the rules and of the API's operations as Markdown, for the documentation. */
export function describeAccess(): string {
  const actions = ACTION_NAMES.map((action) => [
    code(action),
    ACTIONS[action],
    principalsOf(RULES_VERSION_1[action]),
    ACTION_RULES[action],
  ]);
  return [
    '### Actions',
    table(['action', 'resource', 'asked by', 'allowed when'], actions),
    '### Mutations',
    table(['mutation', 'action'], operations(MUTATION_ACTIONS)),
    '### Mutations that cannot be tried out',
    table(
      ['mutation', 'why'],
      Object.entries(UNTRIED_MUTATIONS).map(([name, why]) => [code(name), why]),
    ),
    '### Queries',
    table(['query', 'action'], operations(QUERY_ACTIONS)),
    '### AuthZEN',
    table(['path', 'action'], operations(AUTHZEN_ACTIONS)),
  ].join('\n\n');
}

function principalsOf(row: Row): string {
  return Object.entries(PRINCIPALS)
    .filter(([kind]) => Object.hasOwn(row, kind))
    .map(([, name]) => name)
    .join(', ');
}

function operations(actions: Readonly<Record<string, Action>>): string[][] {
  return Object.entries(actions).map(([operation, action]) => [code(operation), code(action)]);
}

function code(text: string): string {
  return `\`${text}\``;
}

/** A table with its columns aligned, as the formatter leaves it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, at) =>
    Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, at) => (cells[at] ?? '').padEnd(width)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
