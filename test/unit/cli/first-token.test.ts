import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../../src/cli/failure';
import { prepareFirstToken } from '../../../src/cli/first-token';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'palisade-token-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const path = (): string => join(folder, 'first-admin-token');

it('is told by itself where it may be printed', () => {
  const lines = prepareFirstToken(folder, true).tell('plsd_x');
  expect(lines).toContain('  export PALISADE_TOKEN=plsd_x');
  expect(readdirSync(folder)).toEqual([]);
});

it('is told by a file elsewhere', () => {
  const lines = prepareFirstToken(folder, false).tell('plsd_x');
  expect(lines.join('\n')).not.toContain('plsd_x');
  expect(lines).toContain(`  ${path()}`);
  expect(readFileSync(path(), 'utf8')).toBe('plsd_x\n');
});

it('leaves nothing behind if there is none', () => {
  prepareFirstToken(folder, false).giveUp();
  expect(readdirSync(folder)).toEqual([]);
});

it('takes the place of a file that holds nothing', () => {
  writeFileSync(path(), '');
  prepareFirstToken(folder, false).tell('plsd_x');
  expect(readFileSync(path(), 'utf8')).toBe('plsd_x\n');
});

it('goes into no file of another', () => {
  const other = join(folder, 'other');
  writeFileSync(other, 'mine');
  symlinkSync(other, path());
  expect(() => prepareFirstToken(folder, false)).toThrow(Failure);
  expect(readFileSync(other, 'utf8')).toBe('mine');
});
