import { isTag } from '../../../src/domain/tag';

test.each([
  'os=linux',
  'arch=arm64',
  'a=B',
  'aws.account=123',
  'image=ghcr.io/x/y:1@sha256',
  `k=${'v'.repeat(100)}`,
])('%s is a tag', (text) => {
  expect(isTag(text)).toBe(true);
});

test.each([
  '',
  'os',
  'os=',
  '=linux',
  'OS=linux',
  'os=linux=x',
  'os =linux',
  'os= linux',
  'os=linux ',
  'os=linux\n',
  'os=*',
  'os=líŋux',
  '-os=linux',
  `${'k'.repeat(64)}=v`,
  `k=${'v'.repeat(102)}`,
])('%j is no tag', (text) => {
  expect(isTag(text)).toBe(false);
});
