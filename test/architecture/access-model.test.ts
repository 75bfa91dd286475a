import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACTION_NAMES } from '../../src/access/actions';
import { ACTION_RULES, describeAccess } from '../../src/access/describe';
import { DECISION_CODES } from '../../src/access/question';
import { RELATIONS } from '../../src/access/facts';

const guide = readFileSync(join(__dirname, '../../docs/access-model.md'), 'utf8');

test('the guide prints the tables of rules and operations as they are', () => {
  const [, rest] = guide.split('<!-- access tables: begin -->\n');
  const [printed] = rest?.split('<!-- access tables: end -->') ?? [];
  expect(printed?.trim()).toBe(describeAccess());
});

test('every action has its rule in one sentence', () => {
  for (const action of ACTION_NAMES) expect(ACTION_RULES[action]).toMatch(/^[A-Z].+\.$/u);
});

test('the guide explains every fact and every code', () => {
  const unexplained = [...RELATIONS, ...DECISION_CODES].filter(
    (name) => !guide.includes(`\`${name}\``),
  );
  expect(unexplained).toEqual([]);
});
