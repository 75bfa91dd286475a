import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { SETTING_NAMES, SETTINGS } from '../../../src/config/settings';

const operations = readFileSync(resolve(__dirname, '../../../docs/operations.md'), 'utf8');

it.each(SETTING_NAMES)('the operations guide tells of %s as it is', (name) => {
  const row = operations.split('\n').find((line) => line.startsWith(`| \`${name}\``));
  const { environment, byDefault, description } = SETTINGS[name];
  const cells = row?.split('|').map((cell) => cell.trim());
  const shown =
    byDefault === null || Array.isArray(byDefault) ? 'none' : `\`${String(byDefault)}\``;
  expect(cells?.slice(2, 5)).toEqual([`\`${environment}\``, shown, description]);
});
